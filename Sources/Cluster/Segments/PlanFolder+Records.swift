import Tracking

extension PlanFolder {
  /// How many records the segments of a task hold as far as they are whole, and what is wrong with them.
  ///
  /// - Throws: `LabbookError` where the task's orders cannot be read.
  package func wholeRecords(of task: Int) throws -> (count: Int, damages: [String]) {
    let runs = try orders(of: task).count
    var (count, damages): (Int, [String]) = (0, [])
    for name in segmentNames() where name.task == task {
      var reader = SegmentReader(name, runs: runs, in: self)
      count += reader.more().count
      reader.settle()
      if let damage = reader.damage { damages.append(damage.message) }
    }
    return (count, damages)
  }
}
