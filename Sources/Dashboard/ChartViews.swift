import Datasets
import RunStorage
import Web

/// The views of what runs measured: curves and their events, comparisons, sweeps at work, figures.
enum ChartViews {
  /// The views of a store, which share one look at it.
  static func all(of store: RunStore) -> [any WebService] {
    let library = DataLibrary(keeping: 64 << 20)
    return [
      DygraphsView(), CurvesView(store: store, library: library),
      EventsView(store: store, library: library, hub: LiveHub(store)), PointsView(store: store),
      CompareView(store: store), SweepPage(store: store),
      FigureView(store: store, library: library),
    ]
  }
}
