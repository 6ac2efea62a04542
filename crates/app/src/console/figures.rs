//! Figures of one group and of all, for any window, with what stands behind them.
