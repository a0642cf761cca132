import Figures
import Testing

@Suite struct CurvePartsTests {
  @Test(
    arguments: [
      (0, nil, []), (1, nil, [1]), (3, nil, [3]), (4, nil, [2, 2]), (5, nil, [3, 2]),
      (9, nil, [3, 3, 3]), (10, nil, [4, 4, 2]), (17, nil, [4, 4, 4, 4, 1]), (7, 7, [5, 2]),
      (3, 2, [2, 1]), (3, 0, [1, 1, 1]),
    ] as [(Int, Int?, [Int])])
  func panelsStandInRows(count: Int, columns: Int?, rows: [Int]) {
    let panels = (0..<count).map { Panel(title: "\($0)", x: Axis(""), y: Axis(""), layers: []) }
    let found = Figure.rows(of: panels, columns: columns)
    #expect(found.map(\.count) == rows)
    #expect(found.joined().map(\.title) == (0..<count).map(String.init))
  }
}
