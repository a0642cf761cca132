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
}
