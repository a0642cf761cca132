import Datasets
import RunStorage
import Web

/// The views of what runs measured: curves and their events, comparisons, sweeps at work, figures.
enum ChartViews {
  /// The views of a store, which share one look at it.
  static func all(of store: RunStore) -> [any WebService] {
    let library = DataLibrary(keeping: 64 << 20)
    let chosen = ChosenCache(store)
    return [
      DygraphsView(), CurvesView(store: store, chosen: chosen, library: library),
      EventsView(store: store, library: library, hub: LiveHub(store)),
      PointsView(store: store, chosen: chosen), CompareView(store: store, chosen: chosen),
      SweepPage(store: store, chosen: chosen), FigureView(store: store, library: library),
    ]
  }
}
