import Figures
import Tracking

/// Drawings of one figure at several moments as one SVG that moves without a script.
///
/// What is the same in all of them stands once; what differs stands in groups, one a moment, of which a
/// style shows one after the other. Where motion is not wanted, and in print, only the last is shown.
struct MovingPicture {
  /// The drawing.
  let svg: String

  /// - Parameter drawings: gnuplot's, all of one size; the last one gives title and description.
  init(_ drawings: [String]) throws(LabbookError) {
    let forests = drawings.map { MarkupReader($0).nodes.map(\.condensed) }
    let count = drawings.count
    guard let last = forests.last, let place = last.lastIndex(where: { $0.name == "svg" }),
      forests.allSatisfy({ $0.count == last.count && $0[place].name == "svg" })
    else { throw .failure("the moments of a moving picture have different forms") }
    var root = MovingPicture.merged(forests.map { $0[place] })
    root.opening.insert(
      contentsOf: " class=\"moving\" data-moments=\"\(count)\"",
      at: root.opening.index(root.opening.startIndex, offsetBy: 4))
    let style = "<style>\(MovingStyle.css(moments: count, within: ".moving"))</style>\n"
    root.children.insert(MarkupNode(text: style), at: 0)
    svg =
      last[..<place].map(\.text).joined() + root.text + last[(place + 1)...].map(\.text).joined()
    guard svg.utf8.count <= MovingStyle.mostBytes else {
      throw .failure(
        "the moving picture has \(svg.utf8.count / 1000) kB, and 2000 are the most",
        hint: "fewer frames, or fewer groups, make it smaller")
    }
  }

  /// Elements of one kind with what differs between them in groups; the words of the whole are the last
  /// one's.
  private static func merged(_ nodes: [MarkupNode]) -> MarkupNode {
    var result = nodes[nodes.count - 1]
    let lists = nodes.map(\.children)
    guard lists.allSatisfy({ $0.count == result.children.count }) else {
      result.children = grouped(lists)
      return result
    }
    var children: [MarkupNode] = []
    var differing: [[MarkupNode]] = nodes.map { _ in [] }
    func flush() {
      if differing.contains(where: { !$0.isEmpty }) { children += grouped(differing) }
      differing = nodes.map { _ in [] }
    }
    for place in result.children.indices {
      let here = lists.map { $0[place] }
      let first = here[0]
      if here.allSatisfy({ $0 == first }) || ["title", "desc"].contains(first.name) {
        flush()
        children.append(here[here.count - 1])
      } else if first.canHold, !first.isWordy, here.allSatisfy({ $0.opening == first.opening }) {
        flush()
        children.append(merged(here))
      } else {
        for moment in here.indices { differing[moment].append(here[moment]) }
      }
    }
    flush()
    result.children = children
    return result
  }

  private static func grouped(_ lists: [[MarkupNode]]) -> [MarkupNode] {
    lists.enumerated().map { moment, nodes in
      let last = moment == lists.count - 1 ? " last" : ""
      return MarkupNode(
        name: "g", opening: "<g class=\"moment\(last)\" style=\"--moment:\(moment)\">",
        children: nodes, closing: "</g>")
    }
  }
}

/// When the moments of a moving picture are shown.
public enum MovingStyle {
  /// A picture that moves has at most so many bytes.
  public static let mostBytes = 2_000_000

  /// The rules for pictures of so many moments.
  ///
  /// - Parameter scope: a selector of what holds them.
  public static func css(moments: Int, within scope: String) -> String {
    // Many moments are those of one movement.
    let seconds = moments > 9 ? 0.35 : 0.9
    let lastSlots = moments > 9 ? 7 : 3
    let slots = moments - 1 + lastSlots
    func percent(_ shown: Int) -> String {
      let share = (1_000_000 * Double(shown) / Double(slots)).rounded() / 10_000
      return "\(share)%"
    }
    func frames(_ name: String, _ shown: Int) -> String {
      "@keyframes \(name){0%{visibility:visible}\(percent(shown)){visibility:hidden}"
        + "100%{visibility:hidden}}"
    }
    let all = Double(slots) * seconds
    return "\(scope) .moment{visibility:hidden}\(scope) .moment.last{visibility:visible}"
      + "@media screen and (prefers-reduced-motion:no-preference){"
      + frames("moment-\(moments)", 1) + frames("moment-\(moments)-last", lastSlots)
      + "\(scope) .moment{animation:moment-\(moments) \(all)s step-end infinite;"
      + "animation-delay:calc((var(--moment) - \(slots))*\(seconds)s)}"
      + "\(scope) .moment.last{animation-name:moment-\(moments)-last}"
      + "\(scope):hover .moment,\(scope):focus .moment{animation-play-state:paused}}"
  }
}
