import Tracking

/// A layer of the flattened list, with the layers it reads.
struct WiredLayer {
  /// What a layer reads.
  enum Source: Hashable {
    case input
    /// The layer of that index in the flattened list.
    case layer(Int)
  }

  let spec: LayerSpec
  let place: [Int]
  /// What the names of its parameters begin with.
  let name: String
  var sources: [Source] = []
  /// The layer whose parameters it uses.
  var owner: Int?
}

/// Finds out which layer reads which: opens residuals, resolves names, sorts, and finds cycles,
/// unknown names and dead branches.
struct GraphWiring {
  private(set) var errors: [GraphError] = []
  /// The layers in an order in which each comes after those it reads.
  private(set) var order: [Int] = []
  private var layers: [WiredLayer] = []
  private var names: [String: Int] = [:]
  private var wishes: [Wish] = []

  /// What a layer asks to read, before names are known.
  private enum Wish {
    case source(WiredLayer.Source)
    case names([String])
    /// A residual: the end of its branch and what it branched from.
    case residual(branch: WiredLayer.Source, input: Int)
  }

  /// Wires a list of layers; residuals stand behind the layers within them.
  mutating func wire(_ specs: [LayerSpec]) -> [WiredLayer] {
    _ = open(specs, within: [], named: nil, input: .source(.input))
    resolve()
    sort()
    if errors.isEmpty { findDeadBranches() }
    return layers
  }

  /// Adds the layers of a list, the first reading `input` unless it says otherwise.
  private mutating func open(
    _ specs: [LayerSpec], within place: [Int], named prefix: String?, input: Wish
  ) -> Wish {
    var previous = input
    for (index, spec) in specs.enumerated() {
      let own = place + [index]
      let name = spec.name ?? ((prefix.map { $0 + "." } ?? "") + String(index))
      let wish = self.wish(of: spec, previous)
      previous =
        spec.kind.name == Residual.choice.name
        ? open(residual: spec, own, name, wish) : append(spec, own, name, wish)
    }
    return previous
  }

  private mutating func append(
    _ spec: LayerSpec, _ place: [Int], _ name: String, _ wish: Wish
  ) -> Wish {
    declare(spec.name, layers.count, at: place)
    layers.append(WiredLayer(spec: spec, place: place, name: name))
    wishes.append(wish)
    return .source(.layer(layers.count - 1))
  }

  /// The layers within a residual, then the residual itself, which adds what it branched from.
  private mutating func open(
    residual spec: LayerSpec, _ place: [Int], _ name: String, _ wish: Wish
  ) -> Wish {
    if spec.layers.isEmpty {
      report(place, "a residual needs layers", hint: "write residual: [{linear: 32}, relu]")
      return append(spec, place, name, wish)
    }
    // A place to read from: what the residual branches from may be known by name only.
    let input = layers.count
    layers.append(
      WiredLayer(spec: LayerSpec(Chosen(Duplicate.name)), place: place, name: name))
    wishes.append(wish)
    let branch = open(
      spec.layers, within: place, named: name, input: .source(.layer(input)))
    guard case .source(let end) = branch else { return branch }
    return append(spec, place, name, .residual(branch: end, input: input))
  }

  private func wish(of spec: LayerSpec, _ previous: Wish) -> Wish {
    spec.sourceNames.map { .names($0) } ?? previous
  }

  private mutating func declare(_ name: String?, _ index: Int, at place: [Int]) {
    guard let name else { return }
    if name == "input" || name.isEmpty || name.contains(".") || Int(name) != nil {
      report(
        place, "'\(name)' cannot be the name of a layer",
        hint: "a name has no dot, is not a number and is not 'input'")
    } else if names.updateValue(index, forKey: name) != nil {
      report(place, "two layers have the name '\(name)'")
    }
  }

  private mutating func report(_ place: [Int], _ message: String, hint: String = "") {
    errors.append(GraphError(layer: place, message: message, hint: hint))
  }
}

// Names to places.
extension GraphWiring {
  private mutating func resolve() {
    for index in layers.indices {
      switch wishes[index] {
      case .source(let source): layers[index].sources = [source]
      case .residual(let branch, let input): layers[index].sources = [branch, .layer(input)]
      case .names(let names):
        layers[index].sources = names.compactMap { source($0, readBy: index) }
      }
      if let name = layers[index].spec.share { share(name, by: index) }
    }
  }

  private mutating func source(_ name: String, readBy index: Int) -> WiredLayer.Source? {
    if name == "input" { return .input }
    if let layer = names[name] { return .layer(layer) }
    report(layers[index].place, "there is no layer named '\(name)'", hint: hint(name, names.keys))
    return nil
  }

  private mutating func share(_ name: String, by index: Int) {
    let place = layers[index].place
    guard let owner = names[name] else {
      report(
        place, "there is no layer named '\(name)' to share", hint: hint(name, names.keys))
      return
    }
    let spec = layers[owner].spec
    if owner == index {
      report(place, "'\(name)' cannot share its own parameters")
    } else if spec.share != nil {
      report(
        place, "'\(name)' shares the parameters of another layer itself",
        hint: "name that one: share: \(spec.share ?? "")")
    } else if spec.kind.name != layers[index].spec.kind.name {
      report(
        place,
        "'\(name)' is of the kind \(spec.kind.name), so \(layers[index].spec.kind.name) cannot share"
          + " its parameters")
    } else {
      layers[index].owner = owner
    }
  }

  private func hint(_ name: String, _ known: some Sequence<String>) -> String {
    let names = known.sorted()
    if let near = nearestName(to: name, among: names + ["input"]) {
      return "did you mean '\(near)'?"
    }
    return names.isEmpty
      ? "no layer has a name; give one with 'name:'" : "named are " + names.joined(separator: ", ")
  }
}

// Order, cycles, dead branches.
extension GraphWiring {
  private func sources(_ index: Int) -> [Int] {
    layers[index].sources.compactMap { if case .layer(let source) = $0 { source } else { nil } }
  }

  /// Sorts the layers, those of the list first that are ready first.
  private mutating func sort() {
    var waiting = layers.indices.map { Set(sources($0)).count }
    var readers = [[Int]](repeating: [], count: layers.count)
    for index in layers.indices {
      for source in Set(sources(index)) { readers[source].append(index) }
    }
    // A layer written before one it reads is rare, so the list is walked again only where a
    // layer earlier in it has become ready.
    var isDone = [Bool](repeating: false, count: layers.count)
    var next = 0
    while next < layers.count {
      guard !isDone[next], waiting[next] == 0 else {
        next += 1
        continue
      }
      isDone[next] = true
      order.append(next)
      var earliest = next + 1
      for reader in readers[next] {
        waiting[reader] -= 1
        if waiting[reader] == 0 { earliest = min(earliest, reader) }
      }
      next = earliest
    }
    if order.count < layers.count { reportCycle(isDone) }
  }

  private mutating func reportCycle(_ isDone: [Bool]) {
    guard var index = isDone.firstIndex(of: false) else { return }
    var path: [Int] = []
    while !path.contains(index) {
      path.append(index)
      guard let source = sources(index).first(where: { !isDone[$0] }) else { return }
      index = source
    }
    let cycle = path[(path.firstIndex(of: index) ?? 0)...].sorted()
    guard let first = cycle.first else { return }
    let called = cycle.filter { layers[$0].spec.kind.name != Duplicate.name }
      .map { "'\(layers[$0].name)'" }
    report(
      layers[first].place,
      "the layers \(called.joined(separator: ", ")) read each other in a cycle",
      hint: "let one of them read an earlier layer")
  }

  /// Every layer must lead to the last one, which is the network's output.
  private mutating func findDeadBranches() {
    guard let last = layers.indices.last else { return }
    var isUsed = [Bool](repeating: false, count: layers.count)
    var open = [last]
    isUsed[last] = true
    while let index = open.popLast() {
      for source in sources(index) where !isUsed[source] {
        isUsed[source] = true
        open.append(source)
      }
    }
    let read = Set(layers.indices.flatMap { sources($0) })
    for index in layers.indices where !isUsed[index] && !read.contains(index) {
      let layer = layers[index]
      report(
        layer.place, "nothing reads what the layer '\(layer.name)' puts out",
        hint: layer.spec.name == nil
          ? "name it, and let a later layer read it with 'from:', or remove it"
          : "let a later layer read it with 'from: \(layer.name)', or remove it")
    }
    if errors.isEmpty, let index = isUsed.firstIndex(of: false) {
      report(layers[index].place, "nothing that leads to the output reads this layer")
    }
  }
}
