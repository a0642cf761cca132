/// A directed graph in layers: every box one layer below the last that leads to it, ordered so that
/// few arrows cross, shifted so that they run straight (Sugiyama, Tagawa and Toda 1981).
struct LayeredGraph {
  /// A box in its layer, or a place where a long arrow passes between boxes.
  struct Slot {
    let layer: Int
    let width: Double
    /// The middle.
    var x = 0.0
    fileprivate var above: [Int] = []
    fileprivate var below: [Int] = []
  }

  /// Those of the boxes first, by their index.
  private(set) var slots: [Slot]
  /// The slots of every layer from the left.
  private(set) var layers: [[Int]] = []
  /// The slots each arrow goes through, its ends included.
  private(set) var routes: [[Int]] = []

  static let between = 26.0
  private static let sweeps = 8

  /// Lays out boxes of these widths; every arrow leads to a later box.
  init(widths: [Double], edges: [(from: Int, to: Int)]) {
    var depths = Array(repeating: 0, count: widths.count)
    for edge in edges.sorted(by: { $0.from < $1.from }) {
      depths[edge.to] = max(depths[edge.to], depths[edge.from] + 1)
    }
    slots = zip(depths, widths).map { Slot(layer: $0, width: $1) }
    for edge in edges { addRoute(from: edge.from, to: edge.to) }
    layers = (0...(depths.max() ?? 0)).map { layer in
      slots.indices.filter { slots[$0].layer == layer }
    }
    for sweep in 0..<Self.sweeps { reorder(downwards: sweep % 2 == 0) }
    for layer in layers { spread(layer) }
    for sweep in 0..<(2 * Self.sweeps) { straighten(downwards: sweep % 2 == 0) }
    let left = slots.map { $0.x - $0.width / 2 }.min() ?? 0
    for slot in slots.indices { slots[slot].x -= left }
  }

  var width: Double { slots.map { $0.x + $0.width / 2 }.max() ?? 0 }

  private mutating func addRoute(from: Int, to: Int) {
    var route = [from]
    for layer in slots[from].layer + 1..<slots[to].layer {
      slots.append(Slot(layer: layer, width: 2))
      route.append(slots.count - 1)
    }
    route.append(to)
    for (upper, lower) in zip(route, route.dropFirst()) {
      slots[upper].below.append(lower)
      slots[lower].above.append(upper)
    }
    routes.append(route)
  }

  /// Sorts each layer by the mean place of what its slots hang on.
  private mutating func reorder(downwards: Bool) {
    var places = Array(repeating: 0.0, count: slots.count)
    func count(_ layer: [Int]) {
      for (place, slot) in layer.enumerated() { places[slot] = Double(place) }
    }
    layers.forEach(count)
    for layer in downwards ? Array(layers.indices) : layers.indices.reversed() {
      let keys = layers[layer].map { slot -> Double in
        let near = downwards ? slots[slot].above : slots[slot].below
        return near.isEmpty
          ? places[slot] : near.reduce(0) { $0 + places[$1] } / Double(near.count)
      }
      let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
      layers[layer] = order.map { layers[layer][$0] }
      count(layers[layer])
    }
  }

  /// Places a layer's slots side by side around 0.
  private mutating func spread(_ layer: [Int]) {
    let all = layer.reduce(0) { $0 + slots[$1].width } + Self.between * Double(layer.count - 1)
    var x = -all / 2
    for slot in layer {
      slots[slot].x = x + slots[slot].width / 2
      x += slots[slot].width + Self.between
    }
  }

  /// Moves slots towards what they hang on, without changing their order.
  private mutating func straighten(downwards: Bool) {
    for layer in downwards ? layers : layers.reversed() {
      let wanted = layer.map { slot -> Double in
        let near = downwards ? slots[slot].above : slots[slot].below
        let all = near.isEmpty ? slots[slot].above + slots[slot].below : near
        return all.isEmpty ? slots[slot].x : all.reduce(0) { $0 + slots[$1].x } / Double(all.count)
      }
      place(layer, wanted)
    }
  }

  /// The mean of the leftmost and the rightmost arrangement that keep the distances.
  private mutating func place(_ layer: [Int], _ wanted: [Double]) {
    var fromLeft = wanted
    var fromRight = wanted
    for place in layer.indices.dropFirst() {
      let room = distance(layer[place - 1], layer[place])
      fromLeft[place] = max(fromLeft[place], fromLeft[place - 1] + room)
    }
    for place in layer.indices.dropLast().reversed() {
      let room = distance(layer[place], layer[place + 1])
      fromRight[place] = min(fromRight[place], fromRight[place + 1] - room)
    }
    for (place, slot) in layer.enumerated() {
      slots[slot].x = (fromLeft[place] + fromRight[place]) / 2
    }
  }

  private func distance(_ left: Int, _ right: Int) -> Double {
    (slots[left].width + slots[right].width) / 2 + Self.between
  }
}
