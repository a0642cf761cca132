import Foundation
import Results
import RunStorage
import Terminal
import Testing
import Tracking

struct CompareTests {
  private func measured() throws -> LiveStore {
    let live = try LiveStore()
    for (number, run) in live.runs.enumerated() {
      try live.measure(run, 1...4) { Double(number) + 1 / Double($0) }
      try live.finish(run)
    }
    return live
  }

  @Test func saysWhatTheCommandSays() async throws {
    let live = try measured()
    let view = try SweepView(sweep: "main", experiment: "live", in: live.store)
    let comparison = try Comparison(view, by: "model", against: nil, metric: nil, .last)
    let csv = try #require(try await live.service.ask("/compare.csv?\(LiveStore.sweep)&by=model"))
    #expect(csv.text == comparison.table.text(.csv))
    let json = try #require(try await live.service.ask("/compare.json?\(LiveStore.sweep)&by=model"))
    #expect(json.text == comparison.table.text(.json))
    let page = try #require(try await live.service.ask("/compare?\(LiveStore.sweep)&by=model"))
    #expect(page.status == 200)
    for sentence in comparison.sentences {
      #expect(page.text.contains(sentence.replacing("'", with: "&#39;")))
    }
  }

  @Test func runsStandBesideEachOther() async throws {
    let live = try measured()
    let named = [live.runs[0], live.runs[3]].map(\.short).joined(separator: ",")
    let page = try #require(try await live.service.ask("/compare?runs=\(named)"))
    #expect(page.status == 200)
    #expect(page.text.contains("Runs beside each other"))
    #expect(page.text.contains("kind=curves&amp;sweep=live%2Fmain"))
  }

  @Test func pointsAreTheMeansOverSeeds() async throws {
    struct Points: Decodable {
      let keys: [String]
      let rows: [Row]
      struct Row: Decodable {
        let values: [String?]
        let mean: Double
        let std: Double
        let n: Int
      }
    }
    let live = try measured()
    let answer = try #require(try await live.service.ask("/points.json?\(LiveStore.sweep)"))
    let points = try answer.json(Points.self)
    #expect(points.rows.count == 4)
    #expect(points.rows.map(\.mean) == [1.25, 4.25, 7.25, 10.25])
    #expect(points.rows.allSatisfy { $0.std == 1 && $0.n == 3 })
    #expect(Set(points.keys).isSuperset(of: ["lr", "model"]))
  }

  @Test(arguments: [
    ("runs=zz", "not the beginning of a run"), ("sweep=live", "EXPERIMENT/SWEEP"),
    ("sweep=live/main&by=lrr", "did you mean"), ("where=lr%20%3C", "where:"),
    ("sweep=live/main&value=worst", "expected last or best"),
    ("sweep=no/such", "no sweep"),
  ]) func whatIsWrongIsSaidAtItsPlace(query: String, words: String) async throws {
    let live = try measured()
    let page = try #require(try await live.service.ask("/compare?" + query))
    #expect(page.text.contains(words))
    #expect(page.text.contains("class=\"error\""))
  }

  @Test(arguments: [
    ("smooth=1", "from 0 to below 1"), ("axis=miles", "expected one of"), ("log=z", "x, y or xy"),
    ("points=3", "from 4 to 20000"), ("metric=val/los", "did you mean &#39;val/loss&#39;"),
    ("from=2&to=1", "at most"), ("by=lrr", "did you mean"),
  ]) func curvesSayWhatIsWrong(query: String, words: String) async throws {
    struct Problem: Decodable { let error, hint: String }
    let live = try measured()
    let answer = try #require(
      try await live.service.ask("/curves.json?\(LiveStore.sweep)&\(query)"))
    #expect(answer.status == 400)
    let problem = try answer.json(Problem.self)
    #expect((problem.error + problem.hint).contains(words.replacing("&#39;", with: "'")))
  }
}
