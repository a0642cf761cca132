public import Datasets
import Experiments
import Foundation
public import Runs
import Tracking

/// What a plan has to know of files: the bytes of data and initial weights, the rows to train on.
///
/// Each file is asked for once, however many runs read it.
public final class PlanFacts {
  private let fingerprint: (DataConfiguration) throws -> String
  private let dataVersion: (DataConfiguration) throws -> Int
  private let trainRows: (DataConfiguration) throws -> Int
  private let parameterCount: (NetworkRun) throws -> Int
  private let fileHash: (String) throws -> String
  private let accepted: () throws -> AcceptedEdits
  private var knownEdits: AcceptedEdits?
  private var fingerprints: [DataConfiguration: String] = [:]
  private var rows: [DataConfiguration: Int] = [:]
  private var versions: [DataConfiguration: Int] = [:]
  private var hashes: [String: String] = [:]

  /// Makes facts of four questions: a data set's fingerprint, its training rows, how many parameters a
  /// network has on it, a file's SHA-256.
  public init(
    fingerprint: @escaping (DataConfiguration) throws -> String,
    dataVersion: @escaping (DataConfiguration) throws -> Int = { _ in 1 },
    trainRows: @escaping (DataConfiguration) throws -> Int,
    parameterCount: @escaping (NetworkRun) throws -> Int = { _ in 0 },
    fileHash: @escaping (String) throws -> String = PlanFacts.hash,
    accepted: @escaping () throws -> AcceptedEdits = { AcceptedEdits() }
  ) {
    self.fingerprint = fingerprint
    self.dataVersion = dataVersion
    self.trainRows = trainRows
    self.parameterCount = parameterCount
    self.fileHash = fileHash
    self.accepted = accepted
  }

  /// Facts read from the data of a process.
  ///
  /// - Parameter accepted: the edits of programs that change no number; asked where there is a program.
  public convenience init(
    library: DataLibrary, accepted: @escaping () throws -> AcceptedEdits = { AcceptedEdits() }
  ) {
    self.init(
      fingerprint: { try library.fingerprint(of: $0) },
      dataVersion: { try library.version(of: $0) },
      trainRows: { try library.shape(of: $0).trainRows },
      parameterCount: { try $0.parameterCount(on: library.shape(of: $0.data)) },
      accepted: accepted)
  }

  /// What the files of a run hold.
  ///
  /// - Throws: what keeps the data or the initial weights from being read.
  public func files(of configuration: RunConfiguration) throws -> FileFingerprints {
    guard let network = configuration.network else {
      let contents = try contents(of: configuration)
      return FileFingerprints(
        program: contents, accepted: try edits().meanings(of: contents ?? [:]))
    }
    let version = try Self.remembered(&versions, network.data, dataVersion)
    return FileFingerprints(
      data: try Self.remembered(&fingerprints, network.data, fingerprint),
      initialWeights: try initialWeights(of: network.train),
      dataVersion: version == 1 ? nil : version)
  }

  private func edits() throws -> AcceptedEdits {
    if let knownEdits { return knownEdits }
    let found = try accepted()
    knownEdits = found
    return found
  }

  /// SHA-256 of every file that decides what an outside program computes, by its path in the file.
  private func contents(of configuration: RunConfiguration) throws -> [String: String]? {
    guard case .program(let program) = configuration.body else { return nil }
    return try program.files.reduce(into: [:]) { found, path in
      found[path] = try Self.remembered(&hashes, program.path(of: path), fileHash)
    }
  }

  /// How long a run trains; `nil` for a program, which says so itself.
  public func length(of configuration: RunConfiguration) throws -> RunLength? {
    guard let network = configuration.network else { return nil }
    return network.length(
      trainRows: try Self.remembered(&rows, network.data, trainRows))
  }

  /// How much a run computes in so many updates, in a unit that all runs share; 1 where that is not
  /// known.
  ///
  /// An update costs about as much as a thousand multiplications before it multiplies anything.
  public func cost(of configuration: RunConfiguration, updates: Int?) throws -> Double {
    guard let network = configuration.network, let length = try length(of: configuration),
      let updates
    else { return 1 }
    let parameters = try parameterCount(network)
    return Double(updates) * (1_000 + Double(length.batchRows) * Double(parameters)) + 1
  }

  /// The key of a configuration with its seed.
  ///
  /// - Throws: what keeps the data or the initial weights from being read.
  public func key(of configuration: RunConfiguration) throws -> String {
    RunKey.run(configuration, try files(of: configuration))
  }

  /// SHA-256 of the file of initial weights; `nil` where the initialiser reads none.
  private func initialWeights(of train: TrainConfiguration) throws -> String? {
    guard case .text(let path) = train.initializer.values["path"] else { return nil }
    return try Self.remembered(&hashes, path, fileHash)
  }

  private static func remembered<Question: Hashable, Answer>(
    _ memory: inout [Question: Answer], _ question: Question, _ ask: (Question) throws -> Answer
  ) throws -> Answer {
    if let known = memory[question] { return known }
    let answer = try ask(question)
    memory[question] = answer
    return answer
  }

  /// SHA-256 of a file's bytes.
  ///
  /// - Throws: `LabbookError` where it cannot be read.
  public static func hash(_ path: String) throws -> String {
    do {
      let bytes = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
      var digest = SHA256Digest()
      digest.update(bytes)
      return digest.hex()
    } catch {
      throw LabbookError.input("the file '\(path)' cannot be read")
    }
  }
}
