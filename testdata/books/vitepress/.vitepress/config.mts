import { defineConfig } from 'vitepress'

export default defineConfig({
  title: 'Sailing Small Boats',
  ignoreDeadLinks: [/^\/charts\//],
  themeConfig: { sidebar: [{ text: 'Knots', link: '/guide/knots' }] },
})
