import CZlib
import Foundation

/// A zip archive, read as its directory at the end tells it.
struct ZipArchive {
  private let file: FileBytes
  private let bytes: Data

  /// One file in the archive.
  struct Member {
    let name: String
    fileprivate let method: Int
    fileprivate let checksum: UInt32
    fileprivate let packed: Int
    fileprivate let size: Int
    fileprivate let header: Int
  }

  /// The members that are no folders.
  let members: [Member]

  init(_ file: FileBytes) throws(DataError) {
    self.file = file
    bytes = Data(file.data)
    guard let members = Self.members(bytes) else { throw Self.damaged(file) }
    self.members = members
  }

  /// The bytes of the only file in it.
  func onlyMember() throws(DataError) -> Data {
    if let foreign = ForeignFile(zip: members.map(\.name)) { throw foreign.problem(file.path) }
    guard members.count == 1 else {
      let names = members.prefix(8).map(\.name).joined(separator: ", ")
      throw DataError(
        setting: "path", place: file.path,
        members.isEmpty
          ? "the zip archive is empty"
          : "the zip archive has \(members.count) files, one is needed",
        hint: members.isEmpty
          ? "" : "Unpack the one you mean: unzip \(file.path). It has \(names).")
    }
    return try contents(members[0])
  }

  /// The unpacked bytes of a file in it, at most as many as the directory promises.
  func contents(_ member: Member) throws(DataError) -> Data {
    guard let name = word(member.header + 26, 2), let extra = word(member.header + 28, 2),
      let start = Optional(member.header + 30 + name + extra),
      member.packed <= bytes.count - start
    else { throw Self.damaged(file) }
    let packed = bytes[start..<start + member.packed]
    var isMore = false
    let data: Data
    switch member.method {
    case 0: data = Data(packed)
    case 8:
      do throws(Inflation.Problem) {
        var inflation = Inflation(windowBits: -15, severalMembers: false)
        if member.size > inflation.most { throw Inflation.Problem.tooMuch(inflation.most) }
        isMore = member.size < inflation.most
        inflation.most = min(inflation.most, member.size)
        data = try inflation.run(packed)
      } catch {
        // More than the directory promises is damage.
        if case .tooMuch(let most) = error, !isMore { throw PackedFile.tooMuch(file, most) }
        throw Self.damaged(file)
      }
    default:
      throw DataError(
        setting: "path", place: file.path,
        "'\(member.name)' is packed in a way that is not read (method \(member.method))",
        hint: "Unpack it first: unzip \(file.path)")
    }
    let checksum = data.withUnsafeBytes { buffer in
      crc32_z(0, buffer.bindMemory(to: UInt8.self).baseAddress, buffer.count)
    }
    guard data.count == member.size, UInt32(truncatingIfNeeded: checksum) == member.checksum else {
      throw Self.damaged(file)
    }
    return data
  }

  private static func damaged(_ file: FileBytes) -> DataError {
    DataError(
      setting: "path", place: file.path, "the file is zip, but it is damaged or cut off",
      hint: "Fetch it anew; unzip -t \(file.path) says what is wrong.")
  }

  private func word(_ place: Int, _ count: Int) -> Int? { Self.word(bytes, place, count) }

  /// A number of `count` bytes, the lowest first; `nil` where it is too large for any file.
  private static func word(_ bytes: Data, _ place: Int, _ count: Int) -> Int? {
    guard place >= 0, place <= bytes.count - count else { return nil }
    let value = (0..<count).reduce(UInt64(0)) { $0 | UInt64(bytes[place + $1]) << (8 * $1) }
    return Int(exactly: value)
  }

  /// The directory's entries; `nil` where it cannot be found or read.
  private static func members(_ bytes: Data) -> [Member]? {
    let last = bytes.count - 22
    guard last >= 0,
      let end = (max(0, last - 65_535)...last).reversed().first(where: {
        word(bytes, $0, 4) == 0x0605_4B50
      }), let directory = directory(bytes, end)
    else { return nil }
    var place = directory.place
    var members: [Member] = []
    for _ in 0..<directory.count {
      guard let entry = entry(bytes, place) else { return nil }
      if !entry.member.name.hasSuffix("/"), !entry.member.name.hasPrefix("__MACOSX/") {
        members.append(entry.member)
      }
      place = entry.end
    }
    return members
  }

  /// Where the directory begins and how many entries it has, by the record at `end`; large archives have
  /// a second record with longer numbers (zip64), which a locator before the first one leads to.
  private static func directory(_ bytes: Data, _ end: Int) -> (place: Int, count: Int)? {
    guard let count = word(bytes, end + 10, 2), let place = word(bytes, end + 16, 4) else {
      return nil
    }
    guard word(bytes, end - 20, 4) == 0x0706_4B50 else { return (place, count) }
    guard let record = word(bytes, end - 12, 8), word(bytes, record, 4) == 0x0606_4B50,
      let longCount = word(bytes, record + 32, 8), let longPlace = word(bytes, record + 48, 8)
    else { return nil }
    return (longPlace, longCount)
  }

  private static func entry(_ bytes: Data, _ place: Int) -> (member: Member, end: Int)? {
    guard word(bytes, place, 4) == 0x0201_4B50, let method = word(bytes, place + 10, 2),
      let checksum = word(bytes, place + 16, 4), let packed = word(bytes, place + 20, 4),
      let size = word(bytes, place + 24, 4), let name = word(bytes, place + 28, 2),
      let extra = word(bytes, place + 30, 2), let comment = word(bytes, place + 32, 2),
      let header = word(bytes, place + 42, 4), place + 46 + name + extra <= bytes.count
    else { return nil }
    let start = place + 46
    guard
      let long = longer(
        [size, packed, header], bytes, start + name..<start + name + extra),
      long[2] <= bytes.count
    else { return nil }
    let member = Member(
      name: String(decoding: bytes[start..<start + name], as: UTF8.self), method: method,
      checksum: UInt32(truncatingIfNeeded: checksum), packed: long[1], size: long[0],
      header: long[2])
    return (member, start + name + extra + comment)
  }

  /// Numbers of 4 bytes, those that are too small for what they mean taken from zip64's field of 8 bytes
  /// each; `nil` where it lacks one.
  private static func longer(_ numbers: [Int], _ bytes: Data, _ extra: Range<Int>) -> [Int]? {
    guard numbers.contains(0xFFFF_FFFF) else { return numbers }
    var field = extra.lowerBound
    while field + 4 <= extra.upperBound, let kind = word(bytes, field, 2),
      let size = word(bytes, field + 2, 2)
    {
      guard kind == 1 else {
        field += 4 + size
        continue
      }
      var place = field + 4
      var result = numbers
      for index in numbers.indices where numbers[index] == 0xFFFF_FFFF {
        guard place + 8 <= min(field + 4 + size, extra.upperBound),
          let long = word(bytes, place, 8)
        else { return nil }
        result[index] = long
        place += 8
      }
      return result
    }
    return nil
  }
}
