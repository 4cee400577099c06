def depth(tide, chart):
    return chart + tide
