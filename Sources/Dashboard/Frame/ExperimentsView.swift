import Foundation
import Pages
import RunStorage
import Web

/// `/`: experiments and their sweeps.
struct ExperimentsView: WebService {
  let store: RunStore

  func handling(of head: WebHead) -> WebHandling {
    guard head.method == "GET", head.path.isEmpty, head.access.seesPages else { return .other }
    return .reply {
      PageFrame(title: "Experiments", body: "<p>\(escapedHTML(store.path))</p>").reply
    }
  }
}
