public import Tracking

extension Language {
  /// `5 seeds`.
  public func counted(_ number: Int, _ noun: Phrase) -> String {
    self(.counted, grouped(number), self.noun(number, noun))
  }

  /// `5 seeds`, `3 to 5 seeds`.
  public func counted(_ least: Int, _ most: Int, _ noun: Phrase) -> String {
    least == most
      ? counted(most, noun) : self(.countedRange, least, most, self.noun(most, noun))
  }

  /// The noun that stands behind a number.
  public func noun(_ number: Int, _ noun: Phrase) -> String { self(noun, number) }

  /// A count with its thousands apart: `41,200`.
  public func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (place, digit) in digits.enumerated() {
      if place > 0, (digits.count - place) % 3 == 0 { text += thousandsSign }
      text.append(digit)
    }
    return text
  }

  /// A duration as English writes it, `3 m 05 s`, in the language's units.
  public func duration(_ english: String) -> String {
    let units: [(english: String, own: Phrase)] = [
      ("s", .unitSeconds), ("m", .unitMinutes), ("h", .unitHours), ("d", .unitDays),
    ]
    return english.split(separator: " ").map { word in
      units.first { $0.english == word }.map { self($0.own) } ?? String(word)
    }.joined(separator: " ")
  }

  /// `a, b and c`.
  public func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return self(.and, words.dropLast().joined(separator: ", "), last)
  }

  /// Values in a row; where one of them has a decimal sign of its own, parted so that it is no part of the row.
  public func listed(_ values: [String]) -> String {
    let isBroken = decimalSign != "." && values.contains { numbers($0) != $0 }
    return values.map(numbers).joined(separator: isBroken ? listSign : ", ")
  }

  /// A text with its numbers as the language writes them: `0.5` as `0,5`, a list of such as `0,5; 0,1`.
  ///
  /// What only holds a number as a part is left as it is: names as `0.weight`, versions as `0.2.1`.
  public func numbers(_ text: String) -> String {
    guard decimalSign != "." else { return text }
    let letters = Array(text.unicodeScalars)
    var result = String.UnicodeScalarView()
    var place = 0
    while place < letters.count {
      if Self.isDigit(letters[place]), place == 0 || Self.mayStandBefore(letters[place - 1]),
        let number = Decimal(letters, at: place)
      {
        result.append(contentsOf: letters[place..<number.point])
        result.append(contentsOf: (number.point < number.end ? decimalSign : "").unicodeScalars)
        result.append(contentsOf: letters[min(number.point + 1, number.end)..<number.end])
        place = number.end
        if number.isListed(in: letters) {
          result.append(contentsOf: listSign.unicodeScalars)
          place += 2
        }
      } else {
        // A word that is no number is passed whole.
        let isWord = Self.isPart(letters[place])
        repeat {
          result.append(letters[place])
          place += 1
        } while isWord && place < letters.count && Self.isPart(letters[place])
      }
    }
    return String(result)
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

  private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isAlphabetic || isDigit(scalar) || "._/".unicodeScalars.contains(scalar)
  }

  private static func mayStandBefore(_ scalar: Unicode.Scalar) -> Bool { !isPart(scalar) }

  /// A number with a point, among other letters.
  private struct Decimal {
    /// Where the point is; where there is none, the end.
    let point: Int
    /// Behind its last letter.
    let end: Int

    init?(_ letters: [Unicode.Scalar], at start: Int) {
      func digits(from place: Int) -> Int {
        var place = place
        while place < letters.count, Language.isDigit(letters[place]) { place += 1 }
        return place
      }
      var place = digits(from: start)
      point = place
      guard place < letters.count, letters[place] == ".", digits(from: place + 1) > place + 1 else {
        return nil
      }
      place = digits(from: place + 1)
      if place < letters.count, letters[place] == "e" || letters[place] == "E" {
        let sign = place + 1
        let isSigned = sign < letters.count && (letters[sign] == "-" || letters[sign] == "+")
        let behind = digits(from: isSigned ? sign + 1 : sign)
        if behind > (isSigned ? sign + 1 : sign) { place = behind }
      }
      end = place
      guard place < letters.count, Language.isPart(letters[place]) else { return }
      // A point that ends a sentence.
      let isLast = place + 1 == letters.count || !Language.isPart(letters[place + 1])
      if letters[place] != "." || !isLast { return nil }
    }

    /// Whether another number follows behind a comma.
    func isListed(in letters: [Unicode.Scalar]) -> Bool {
      guard end + 2 < letters.count, letters[end] == ",", letters[end + 1] == " " else {
        return false
      }
      let next = letters[end + 2]
      return Language.isDigit(next)
        || (next == "-" || next == "−") && end + 3 < letters.count
          && Language.isDigit(letters[end + 3])
    }
  }
}

extension SeedStatistics {
  /// The numbers as people read them, `0.981 ± 0.004 (5)`, over folds `0.81 ± 0.03 (5 folds)`.
  public func words(_ language: Language) -> String {
    guard isOverFolds else { return language.numbers(description) }
    var plain = self
    plain.isOverFolds = false
    let end = "(\(count))"
    let text = plain.description
    guard text.hasSuffix(end) else { return language.numbers(text) }
    return language.numbers(String(text.dropLast(end.count)))
      + "(\(language.counted(count, .nounFold)))"
  }
}
