import type {Config} from '@docusaurus/types';

const config: Config = {
  title: 'Sailing Small Boats',
  url: 'https://boats.example',
  baseUrl: '/boats/',
  onBrokenLinks: 'throw',
  onBrokenAnchors: 'throw',
  presets: [
    ['classic', {docs: {sidebarPath: './sidebars.ts'}, blog: false}],
  ],
};

export default config;
