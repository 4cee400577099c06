// #region entries
export const entries = []
// #endregion entries
