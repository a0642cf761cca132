import Datasets
import RunStorage
import Tracking
import Web

/// `/curves.json`: the data of curves.
struct CurvesView: WebService {
  let store: RunStore
  let chosen: ChosenCache
  let library: DataLibrary

  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET", head.path == ["curves.json"], head.access.seesPages else {
      return .other
    }
    return .reply {
      try await Blocking.run {
        try Problem.told {
          let question = try CurveQuestion(head.query)
          let chosen = try chosen.runs(head.query)
          let axis = CurveAxis(question.axis, store, library)
          let drawn = try DrawnCurves(chosen, question, in: store, axis)
          return .json(drawn.json)
        }
      }
    }
  }
}
