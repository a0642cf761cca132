import TensorKernels

/// The passes of a program for several threads, with scratch memory of their own, made when they are
/// first needed: a program that one thread runs has none of it.
final class SharedProgram<Scalar: KernelScalar> {
  private let layout: ArenaLayout
  private let arena: Arena
  private let state: RunState
  private let work: TeamWork
  private let passes: [PassKind: SharedPass]
  private let layouts: [PassKind: ScratchLayout]
  private let scratch: Arena
  private var lists: [Known] = []
  private let update: SharedList
  /// The training pass with whole blocks for each thread, and whether it cannot be taken so.
  private var blocks: BlockProgram<Scalar>?
  private var isWithoutBlocks = false
  /// Memory of each thread but the first.
  private var memory: (arena: Arena, threads: Int)?
  private let memoryEach: Int
  /// Whether so many bytes more may be taken.
  private let grants: (Int) -> Bool

  private struct Known {
    let kind: PassKind
    let rows: Int
    let list: SharedList
  }

  /// `nil` where there is no memory for it.
  ///
  /// - Parameter grants: whether so many bytes more may be taken.
  init?(
    _ layout: ArenaLayout, _ arena: Arena, _ state: RunState, grants: @escaping (Int) -> Bool
  ) {
    let size = MemoryLayout<Scalar>.stride
    let passes = layout.sharedKinds.reduce(into: [PassKind: SharedPass]()) { passes, kind in
      passes[kind] = SharedPass(layout.lowering(kind, rows: layout.rows(of: kind)))
    }
    let layouts = passes.mapValues(\.layout)
    let bytes = (layouts.values.map(\.count).max() ?? 0) * size
    guard grants(bytes) else { return nil }
    (self.layout, self.arena, self.state, self.grants) = (layout, arena, state, grants)
    (self.passes, self.layouts) = (passes, layouts)
    work = TeamWork(state)
    scratch = Arena(byteCount: bytes)
    memoryEach = Arena.rounded((passes.values.map(\.memory).max() ?? 0) * size)
    update = SharedProgram.list(
      SharedPass(update: layout.update, behind: passes[.training]), ScratchLayout.none, layout,
      arena, scratch, state)
  }

  deinit { work.free() }

  /// Takes memory for so many threads; for how many there is, at least one.
  func prepare(_ threads: Int) -> Int {
    let known = memory?.threads ?? 1
    guard memoryEach > 0, known < threads else { return threads }
    guard grants(memoryEach * (threads - 1)) else { return known }
    memory = (Arena(byteCount: memoryEach * (threads - 1)), threads)
    work.use(memory?.arena.bytes.baseAddress, bytesEach: memoryEach)
    return threads
  }

  /// Runs a kind of pass over the rows at these places, block after block, and the update behind them
  /// where there is one.
  func run(_ kind: PassKind, _ places: Range<Int>, updates: Bool, _ team: ThreadTeam, threads: Int)
  {
    let rows = layout.rows(of: kind)
    if kind == .training, let program = blocks(for: (places.count + rows - 1) / rows, threads),
      program.run(work, places, after: updates ? update : nil, team, threads: threads)
    {
      return
    }
    let left = places.count % rows
    let full = places.count >= rows ? list(kind, rows: rows) : nil
    let last = left > 0 ? list(kind, rows: left) : nil
    work.run(
      team, threads: threads, places, rows: rows, full: full, last: last,
      after: updates ? update : nil)
  }

  /// The pass by blocks, where there are enough of them that threads have about as many each.
  private func blocks(for count: Int, _ threads: Int) -> BlockProgram<Scalar>? {
    guard !isWithoutBlocks, BlockPass.isEven(count, threads) else { return nil }
    if let blocks, blocks.threads >= threads, blocks.blocks >= count { return blocks }
    blocks = BlockProgram(
      layout, arena, state, threads: max(threads, blocks?.threads ?? 0),
      blocks: max(count, blocks?.blocks ?? 0), grants: grants)
    isWithoutBlocks = blocks == nil
    return blocks
  }

  /// The numbers of a scratch buffer of a kind of pass.
  func numbers(_ kind: PassKind, buffer: Int, count: Int) -> UnsafeMutableBufferPointer<Scalar> {
    let place = layouts[kind]?.offsets[buffer] ?? 0
    return scratch.numbers(
      at: place * MemoryLayout<Scalar>.stride, count: count, as: Scalar.self)
  }

  private func list(_ kind: PassKind, rows: Int) -> SharedList {
    var index = 0
    while index < lists.count {
      if lists[index].rows == rows && lists[index].kind == kind { return lists[index].list }
      index += 1
    }
    let isFull = rows == layout.rows(of: kind)
    let pass =
      (isFull ? passes[kind] : nil) ?? SharedPass(layout.lowering(kind, rows: rows))
    let made = SharedProgram.list(
      pass, layouts[kind] ?? ScratchLayout.none, layout, arena, scratch, state)
    lists.append(Known(kind: kind, rows: rows, list: made))
    return made
  }

  private static func list(
    _ pass: SharedPass, _ scratchLayout: ScratchLayout, _ layout: ArenaLayout, _ arena: Arena,
    _ scratch: Arena, _ state: RunState
  ) -> SharedList {
    let waits = pass.waits(scratchLayout)
    let steps = pass.lowering.steps
    let entries = steps.indices.map { index in
      SharedList.Entry(
        steps[index].kernel,
        steps[index].operands.map { operand in
          operand.flatMap {
            layout.address(of: $0, scratchLayout, arena, scratch: scratch)?
              .advanced(by: pass.divisions[index].offset * MemoryLayout<Scalar>.stride)
          }
        }, pass.divisions[index], scalars: steps[index].scalars, waits: waits[index])
    }
    return SharedList(entries, state: state, as: Scalar.self)
  }
}
