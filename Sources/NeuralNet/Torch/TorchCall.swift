package import Tracking

/// A call of Python's: `nn.Linear(2, 100, bias=False)`.
package struct TorchCall: Hashable, Sendable {
  /// What is called, `nn.Linear`.
  package let function: String
  /// What it is called with, in order.
  package let arguments: [TorchArgument]

  /// Makes a call; an argument that is `nil` is what Python has by itself.
  package init(_ function: String, _ arguments: [TorchArgument?] = []) {
    self.function = function
    self.arguments = arguments.compactMap { $0 }
  }

  /// The same call with other arguments before its own.
  package func after(_ first: [TorchArgument?]) -> TorchCall {
    TorchCall(function, first + arguments)
  }

  /// The call as Python reads it.
  package var text: String {
    "\(function)(\(arguments.map(\.text).joined(separator: ", ")))"
  }
}

/// One argument of a call, by its place or by its name.
package struct TorchArgument: Hashable, Sendable {
  /// The argument as Python reads it.
  package let text: String

  /// Makes an argument of a piece of Python.
  package static func code(_ code: String, named name: String? = nil) -> TorchArgument {
    TorchArgument(text: (name.map { $0 + "=" } ?? "") + code)
  }

  /// Makes an argument of a value; `nil` where it is the one that Python has by itself.
  package static func value(
    _ value: ParameterValue, named name: String? = nil, unless standard: ParameterValue? = nil
  ) -> TorchArgument? {
    value == standard ? nil : code(PythonText.value(value), named: name)
  }

  /// Makes an argument of a number; `nil` where it is the one that Python has by itself.
  package static func number(
    _ value: Double, named name: String? = nil, unless standard: Double? = nil
  ) -> TorchArgument? {
    self.value(.number(value), named: name, unless: standard.map(ParameterValue.number))
  }

  /// Makes an argument of a whole number; `nil` where it is the one that Python has by itself.
  package static func integer(
    _ value: Int, named name: String? = nil, unless standard: Int? = nil
  ) -> TorchArgument? {
    self.value(.integer(value), named: name, unless: standard.map(ParameterValue.integer))
  }
}
