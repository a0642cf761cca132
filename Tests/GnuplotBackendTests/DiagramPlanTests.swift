import Drawing
import Figures
import GnuplotBackend
import Testing

@Suite struct DiagramPlanTests {
  private func plan(_ names: [String], _ edges: [(Int, Int)], isUpward: Bool = false)
    -> DiagramPlan
  {
    DiagramPlan(
      Diagram(
        nodes: names.map { Diagram.Node([$0], .module(.black)) },
        edges: edges.map { Diagram.Edge(from: $0.0, to: $0.1, label: "(3)") },
        isUpward: isUpward), style: .light)
  }

  @Test func aChainRunsStraightDown() {
    let plan = plan(["a", "bbbbbbbb", "c"], [(0, 1), (1, 2)])
    #expect(Set(plan.boxes.map { ($0.middleX * 100).rounded() }).count == 1)
    #expect(plan.boxes[0].bottom < plan.boxes[1].y && plan.boxes[1].bottom < plan.boxes[2].y)
    #expect(plan.pieces.allSatisfy { $0.fromX == $0.toX && $0.hasHead })
  }

  @Test func upwardsIsTheSamePictureTurnedOver() {
    let plan = plan(["a", "b"], [(0, 1)], isUpward: true)
    #expect(plan.boxes[0].y > plan.boxes[1].bottom)
    #expect(plan.pieces[0].fromY > plan.pieces[0].toY)
  }

  @Test func boxesNeverOverlap() {
    // A wide graph with arrows over several layers.
    let edges = (1...12).map { (0, $0) } + (1...12).map { ($0, 13) } + [(0, 13), (13, 14), (3, 14)]
    let plan = plan((0...14).map { "a box called \($0)" }, edges)
    for (index, box) in plan.boxes.enumerated() {
      #expect(box.x >= 0 && box.right <= plan.width && box.bottom <= plan.height)
      for other in plan.boxes[(index + 1)...] {
        let isApart =
          box.right <= other.x || other.right <= box.x || box.bottom <= other.y
          || other.bottom <= box.y
        #expect(isApart)
      }
    }
  }

  @Test func aLongArrowGoesRoundTheBoxesBetween() {
    let plan = plan(["a", "bbbbbbbbbbbbbbbbb", "c"], [(0, 1), (1, 2), (0, 2)])
    let long = plan.pieces.suffix(2)
    #expect(long.count == 2 && long.map(\.hasHead) == [false, true])
    let bend = long[long.startIndex].toX
    #expect(bend < plan.boxes[1].x || bend > plan.boxes[1].right)
  }

  @Test func arrowsThatEnterOneBoxEndSideBySide() {
    let plan = plan(["a", "b", "a sum of both"], [(0, 2), (1, 2)])
    #expect(plan.pieces[0].toX != plan.pieces[1].toX)
  }

  @Test func everyPlaceOfAnUnequalDiagramIsPinned() {
    let diagram = Diagram(
      nodes: [
        .init(["x"], .value), .init(["one", "two lines"], .module(.black)),
        .init(["other"], .module(.black)), .init(["+"], .joint), .init(["y"], .value),
      ],
      edges: [
        .init(from: 0, to: 1, label: "(2)"), .init(from: 0, to: 2, label: "(2)"),
        .init(from: 1, to: 3), .init(from: 2, to: 3), .init(from: 0, to: 4),
        .init(from: 3, to: 4, label: "(3)"),
      ])
    let plan = DiagramPlan(diagram, style: .light)
    let short = { ScriptText.short($0, digits: 1) }
    var lines = ["\(short(plan.width)) by \(short(plan.height))"]
    lines += plan.boxes.map {
      "box (\(short($0.x)) \(short($0.y))) \(short($0.width)) by \(short($0.height))"
    }
    lines += plan.pieces.map {
      "(\(short($0.fromX)) \(short($0.fromY))) to (\(short($0.toX)) \(short($0.toY)))"
        + ($0.hasHead ? " >" : "")
    }
    lines += plan.labels.map { "'\($0.text)' (\(short($0.x)) \(short($0.y)))" }
    #expect(
      lines.joined(separator: "\n")
        == """
        194.8 by 181
        box (114.9 6) 14.9 by 17
        box (6 55) 77 by 38
        box (109 62.5) 51.8 by 23
        box (92.9 113) 13 by 13
        box (108.7 158) 14.9 by 17
        (122.4 23) to (44.5 55) >
        (122.4 23) to (134.9 62.5) >
        (44.5 93) to (99.4 113) >
        (134.9 85.5) to (99.4 113) >
        (122.4 23) to (187.8 74)
        (187.8 74) to (132.9 119.5)
        (132.9 119.5) to (118.6 158) >
        (99.4 126) to (113.7 158) >
        '(2)' (97.2 36.4)
        '(2)' (133.4 36.4)
        '(3)' (111.1 139.4)
        """)
  }

  @Test func boxesOfALayerStandWhereArrowsCrossLeast() {
    // The upper row is a, b; the lower was written the other way round.
    let plan = plan(["a", "b", "under b", "under a"], [(0, 3), (1, 2)])
    #expect(plan.boxes[3].x < plan.boxes[2].x)
    #expect(plan.boxes[0].x < plan.boxes[1].x)
  }
}
