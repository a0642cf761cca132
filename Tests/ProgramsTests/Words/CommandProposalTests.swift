import Runs
import Testing

struct CommandProposalTests {
  /// As Python 3.11's argparse prints it.
  private static let argparse = """
    usage: train.py [-h] [--lr LR] [--hidden HIDDEN [HIDDEN ...]]
                    [--amp | --no-amp] [-b BATCH_SIZE] [--opt {sgd,adam}]
                    [--random-seed RANDOM_SEED] [-v]
                    data rate

    positional arguments:
      data
      rate                  the share, see --this of the text

    options:
      -h, --help            show this help message and exit
      --lr LR               learning rate
      --hidden HIDDEN [HIDDEN ...]
      --amp, --no-amp
      -b BATCH_SIZE, --batch-size BATCH_SIZE
      --opt {sgd,adam}
      --random-seed RANDOM_SEED
      -v, --verbose
    """

  /// As click 8 prints it.
  private static let click = """
    Usage: clk.py [OPTIONS] WIDTH

    Options:
      --lr FLOAT          rate
      --amp / --no-amp
      --seed INTEGER
      --help              Show this message and exit.
    """

  private func proposal(
    _ text: String, help: String = "", files: [String] = ["train.py"]
  ) throws -> CommandProposal {
    try CommandProposal(text, isFile: files.contains, ask: { _ in ProgramHelp(help) })
  }

  private func values(_ proposal: CommandProposal) -> [String: [String]] {
    Dictionary(proposal.parameters.map { ($0.name, $0.values) }) { first, _ in first }
  }

  @Test func helpSaysWhatAWordIs() throws {
    var found = try proposal(
      "python train.py data.csv 0.5 --hidden 64 32 -b 16 --amp -v --lr -1e-3", help: Self.argparse)
    found.addSeed()
    #expect(
      found.words.joined(separator: " ")
        == "python train.py data.csv {rate} --hidden {hidden...} -b {batch_size} {--amp|--no-amp} {--verbose} --lr {lr} --random-seed {seed}"
    )
    #expect(
      values(found) == [
        "rate": ["0.5"], "hidden": ["64", "32"], "batch_size": ["16"], "amp": ["true"],
        "verbose": ["true"], "lr": ["-1e-3"],
      ])
    #expect(found.unused == ["--opt"] && found.hasSeed)
    #expect(found.asked == ["python", "train.py", "data.csv"])
  }

  @Test func clicksHelpIsReadToo() throws {
    var found = try proposal("python train.py --no-amp 8 --lr 0.1", help: Self.click)
    found.addSeed()
    #expect(
      found.words.dropFirst(2)
        == ["{--amp|--no-amp}", "{width}", "--lr", "{lr}", "--seed", "{seed}"])
    #expect(values(found) == ["amp": ["false"], "width": ["8"], "lr": ["0.1"]])
  }

  @Test(arguments: [
    ("torchrun --nproc_per_node 2 train.py --lr 1", "train.py", ["python3", "train.py"]),
    (
      "accelerate launch --mixed_precision fp16 train.py --lr 1", "train.py",
      ["python3", "train.py"]
    ),
    (
      "python -m torch.distributed.run --nproc_per_node=2 train.py --lr 1", "train.py",
      ["python3", "train.py"]
    ),
    ("python3.11 -u -m pkg.train --lr 1", "pkg.train", ["python3.11", "-u", "-m", "pkg.train"]),
    ("nice -n 5 python train.py --lr 1", "train.py", ["python", "train.py"]),
    ("uv run train.py --lr 1", "train.py", ["uv", "run", "train.py"]),
    ("python -W ignore train.py --lr 1", "train.py", ["python", "-W", "ignore", "train.py"]),
    ("Rscript --vanilla fit.R --lr 1", "fit.R", ["Rscript", "--vanilla", "fit.R"]),
    ("./a.out --lr 1", "./a.out", ["./a.out"]),
  ])
  func launchersAndInterpretersStayAsTheyAre(
    _ text: String, _ program: String, _ asked: [String]
  ) throws {
    let found = try proposal(text)
    #expect(found.program == program && found.asked == asked)
    #expect(found.words == (try ShellWords.split(text)).dropLast() + ["{lr}"])
    #expect(values(found) == ["lr": ["1"]])
  }

  @Test func variablesBeforeAProgramAreItsEnvironment() throws {
    let found = try proposal("CUDA_VISIBLE_DEVICES=0 MODE='a b' python train.py --x=1")
    #expect(
      found.environment.map { "\($0.name) \($0.value)" } == ["CUDA_VISIBLE_DEVICES 0", "MODE a b"])
    #expect(found.words == ["python", "train.py", "--x={x}"])
  }

  @Test func withoutHelpNumbersAreGuessed() throws {
    let found = try proposal("python train.py fit 0.1 64 --dims 8 4 --name 'two words' --flag")
    #expect(
      found.words == [
        "python", "train.py", "fit", "{arg1}", "{arg2}", "--dims", "{dims...}", "--name", "{name}",
        "{--flag}",
      ])
    #expect(values(found)["name"] == ["two words"] && values(found)["arg2"] == ["64"])
  }

  @Test func settingsOfHydraAreFound() throws {
    var found = try proposal("python train.py model.width=8 lr=0.1")
    #expect(found.isHydra && values(found) == ["model.width": ["8"], "lr": ["0.1"]])
    #expect(found.addSeed(setting: "trainer.seed") && !found.addSeed(setting: "seed"))
    #expect(found.words.last == "trainer.seed={seed}")
  }
}
