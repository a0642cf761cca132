import Foundation
import Runs
import Tracking

/// The kinds of records in the bytes of a segment: a letter, a length, a body; numbers are little-endian.
private enum RecordKind: UInt8 {
  case note = 1
  case metric, points, chosen, artifact
}

/// Writes records as bytes; a metric's name is written once a segment.
struct SegmentEncoder {
  private var names: [String: UInt32] = [:]

  /// The bytes of a record.
  mutating func encode(_ record: SegmentRecord, into data: inout Data) throws {
    switch record {
    case .note(let note): Self.add(.note, try PlanLine.encoded(note), to: &data)
    case .points(let run, let points):
      var body = Data(capacity: 8 + points.count * 36)
      for point in points where names[point.metric.name] == nil {
        let number = UInt32(names.count)
        names[point.metric.name] = number
        Self.add(.metric, Data(point.metric.name.utf8), to: &data)
      }
      body.add(UInt32(run))
      for point in points {
        body.add(names[point.metric.name] ?? 0)
        body.add(Int64(point.step))
        body.add(Int64(point.epoch))
        body.add(point.timeMilliseconds)
        body.add(point.value.bitPattern)
      }
      Self.add(.points, body, to: &data)
    case .chosen(let run, let step, let epoch, let value):
      var body = Data(capacity: 28)
      body.add(UInt32(run))
      body.add(Int64(step))
      body.add(Int64(epoch))
      body.add(value.bitPattern)
      Self.add(.chosen, body, to: &data)
    case .artifact(let run, let name, let content):
      var body = Data(capacity: 8 + name.utf8.count + content.count)
      body.add(UInt32(run))
      body.add(UInt32(name.utf8.count))
      body += Data(name.utf8)
      body += content
      Self.add(.artifact, body, to: &data)
    }
  }

  private static func add(_ kind: RecordKind, _ body: Data, to data: inout Data) {
    data.append(kind.rawValue)
    data.add(UInt32(body.count))
    data += body
  }
}

/// Reads records back.
struct SegmentDecoder {
  private var names: [Metric] = []

  /// The records of a block.
  ///
  /// - Throws: `LabbookError` where the bytes are none.
  mutating func decode(_ block: Data, _ file: String) throws(LabbookError) -> [SegmentRecord] {
    let damaged = LabbookError.failure("'\(file)' holds what no task wrote")
    var records: [SegmentRecord] = []
    var rest = ByteReader(block)
    while !rest.isEmpty {
      guard let kind = rest.number(UInt8.self).flatMap(RecordKind.init),
        let length = rest.number(UInt32.self), var body = rest.part(Int(length))
      else { throw damaged }
      switch kind {
      case .note: records.append(.note(try PlanLine.decoded(body.rest, as: "note", file)))
      case .metric:
        guard let name = String(validating: body.rest, as: UTF8.self) else { throw damaged }
        names.append(Metric(name))
      case .points:
        guard let run = body.number(UInt32.self) else { throw damaged }
        var points: [MetricPoint] = []
        points.reserveCapacity(body.count / 36)
        while !body.isEmpty {
          guard let name = body.number(UInt32.self), Int(name) < names.count,
            let step = body.number(Int64.self), let epoch = body.number(Int64.self),
            let time = body.number(Int64.self), let bits = body.number(UInt64.self)
          else { throw damaged }
          points.append(
            MetricPoint(
              names[Int(name)], step: Int(step), epoch: Int(epoch),
              value: Double(bitPattern: bits), timeMilliseconds: time))
        }
        records.append(.points(run: Int(run), points))
      case .chosen:
        guard let run = body.number(UInt32.self), let step = body.number(Int64.self),
          let epoch = body.number(Int64.self), let bits = body.number(UInt64.self)
        else { throw damaged }
        records.append(
          .chosen(
            run: Int(run), step: Int(step), epoch: Int(epoch), value: Double(bitPattern: bits)))
      case .artifact:
        guard let run = body.number(UInt32.self), let length = body.number(UInt32.self),
          let bytes = body.part(Int(length)),
          let name = String(validating: bytes.rest, as: UTF8.self)
        else { throw damaged }
        records.append(.artifact(run: Int(run), name: name, body.rest))
      }
    }
    return records
  }
}

/// Bytes that are read from their beginning, never beyond their end.
private struct ByteReader {
  private let data: Data
  private var place: Int
  private let end: Int

  init(_ data: Data) {
    self.data = data
    (place, end) = (data.startIndex, data.endIndex)
  }

  var isEmpty: Bool { place == end }
  var count: Int { end - place }
  var rest: Data { Data(data[place..<end]) }

  mutating func number<Number: FixedWidthInteger>(_: Number.Type) -> Number? {
    let size = MemoryLayout<Number>.size
    guard count >= size else { return nil }
    let offset = place - data.startIndex
    place += size
    return data.withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Number.self))
    }
  }

  mutating func part(_ size: Int) -> ByteReader? {
    guard count >= size else { return nil }
    defer { place += size }
    return ByteReader(data[place..<(place + size)])
  }
}

extension Data {
  mutating func add<Number: FixedWidthInteger>(_ number: Number) {
    Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
  }
}
