public import Languages
public import Results
public import Terminal

/// A notebook with its results: what a page shows, before it is HTML, Markdown or Jupyter's JSON.
public struct NotebookPage: Sendable {
  /// What stands above it.
  public let title: String
  /// The experiment's name in the store.
  public let experiment: String
  /// The file it was made of.
  public let file: String
  /// In which it speaks.
  public let language: Language
  /// Words to find it by.
  public let tags: [String]
  /// The cells in order.
  public let blocks: [Block]
  /// How it was made: version, machine, dates, the command that makes it again.
  public let origin: [Fact]
  /// What all runs have in common.
  public let settings: [Fact]

  /// One cell.
  public enum Block: Sendable {
    case prose(Prose)
    case sweep(Sweep)
    case picture(Picture)
    case table(TableBlock)
    case claim(Claim)
    case exercise(Exercise)
  }

  /// What keeps a cell from being whole.
  public struct Problem: Hashable, Sendable {
    /// What it is, for people.
    public let text: String
    /// Whether it is said in English, as errors are, whatever the page speaks.
    public let isEnglish: Bool
  }

  /// A name with what belongs to it.
  public struct Fact: Hashable, Sendable {
    /// What it is.
    public let name: String
    /// What it says.
    public let text: String
    /// Whether it is written as a command or a file has it.
    public var isCode = false
  }

  /// Markdown with values in it.
  public struct Prose: Sendable {
    /// The text, with marks where values stand.
    let markdown: String
    /// What stands at the marks.
    public let values: [InlineValue]
  }

  /// What a sweep varies, and how its runs ended.
  public struct Sweep: Hashable, Sendable {
    /// The sweep's name.
    public let name: String
    /// Axes, seeds, what is set for it alone.
    public let facts: [Fact]
    /// Runs that diverged, failed or are missing; empty where there are none.
    public let notes: [String]
  }

  /// A figure.
  public struct Picture: Hashable, Sendable {
    /// What it shows, in words.
    public let caption: String
    /// The file in the page's folder; `nil` where it was not drawn.
    public let file: String?
    /// The drawing.
    public let svg: String?
    /// The same in dark colours, where it has none of its own.
    public var night: String?
    /// All that it shows, for those who do not see it.
    public var details = ""
    /// Why there is none.
    public let problem: Problem?
  }

  /// A table under its title.
  public struct TableBlock: Hashable, Sendable {
    /// What it lists.
    public let title: String
    /// The rows; `nil` where there are none.
    public let table: Table?
    /// What one should know of how they were made.
    public var note: String?
    /// Why there are none.
    public let problem: Problem?
  }

  /// A claim with what the store says of it.
  public struct Claim: Sendable {
    /// The sentence, as Markdown.
    public let sentence: String
    /// What has to hold, as it was written.
    public let expression: String
    /// What the store says of it.
    public let judgement: ClaimJudgement

    /// Whether it holds.
    public var verdict: ClaimVerdict { judgement.verdict }
    /// What it was decided by, in lines; why it is undecided, where no comparison says it.
    public var details: [String] {
      let isSaid = judgement.comparisons.contains { $0.verdict.reason != nil }
      return judgement.details + (isSaid ? [] : [verdict.reason].compactMap { $0 })
    }
  }

  /// Whether a text of the notebook has a heading of the first level.
  var hasOwnTitle: Bool {
    blocks.contains { block in
      if case .prose(let prose) = block { return MarkdownHTML(prose.markdown).hasTitle }
      return false
    }
  }
}

/// What keeps a cell from being whole, for people.
public struct CellProblem: Sendable {
  /// Its place in the file.
  public let place: String
  /// The sweeps it speaks of.
  public let sweeps: [String]
  /// What is wrong.
  public let message: String
}
