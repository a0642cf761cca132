import CKernels

/// What a program reads and writes between its instructions: the batch, the numbers that change
/// with every update, and what was measured.
package struct RunState {
  private let pointer: UnsafeMutablePointer<lb_state>

  /// How many bytes of the arena it takes.
  package static let byteCount = Arena.rounded(MemoryLayout<lb_state>.stride)

  /// The state that lies at the beginning of an arena.
  package init(in arena: Arena) {
    guard let start = arena.bytes.baseAddress else { preconditionFailure("an arena has memory") }
    pointer = start.bindMemory(to: lb_state.self, capacity: 1)
    pointer.initialize(to: lb_state())
    pointer.pointee.clip = 1
  }

  var raw: UnsafeMutablePointer<lb_state> { pointer }

  /// Says where the data lie; they must outlive the program's use of them.
  package func bind(
    features: UnsafePointer<Float>?, classes: UnsafePointer<Int32>?, values: UnsafePointer<Float>?,
    order: UnsafePointer<Int32>?
  ) {
    pointer.pointee.features = features
    pointer.pointee.classes = classes
    pointer.pointee.values = values
    pointer.pointee.order = order
  }

  /// Begins a batch: nothing measured yet.
  package func begin(scale: Double) {
    pointer.pointee.scale = scale
    pointer.pointee.loss = 0
    pointer.pointee.correct = 0
  }

  /// Points at one block of rows.
  package func block(first: Int, row: Int) {
    pointer.pointee.first = Int64(first)
    pointer.pointee.row = Int64(row)
    pointer.pointee.beta = row == 0 ? 0 : 1
  }

  /// Sets what the optimizer needs for the update after `update` others.
  ///
  /// - Parameter momentum: what replaces the optimizer's own in this update.
  package func update(
    _ update: Int, rate: Double, momentum: Double? = nil, bias1: Double, bias2: Double
  ) {
    pointer.pointee.update = Int64(update)
    pointer.pointee.momentum = momentum ?? -1
    pointer.pointee.rate = rate
    pointer.pointee.bias1 = bias1
    pointer.pointee.bias2 = bias2
  }

  /// The loss, summed over rows.
  package var loss: Double { pointer.pointee.loss }
  /// What clipping multiplies the gradient by, where it is on.
  package var clip: Double { pointer.pointee.clip }
  /// Rows whose greatest output is their class.
  package var correct: Int { Int(pointer.pointee.correct) }
  /// The gradient's norm before clipping, where it is measured.
  package var norm: Double { pointer.pointee.norm }
  /// What weight decay and l1 add to the loss, where it is measured.
  package var penalty: Double { pointer.pointee.penalty }
}
