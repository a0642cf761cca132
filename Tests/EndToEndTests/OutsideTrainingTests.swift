import Foundation
import Testing

/// Sweeps whose runs are trained by other programs, here by a shell and awk.
@Suite struct OutsideTrainingTests {
  /// A program whose accuracy after epoch e is lr e / (lr e + 1) - seed / 1000.
  static let program = """
    lr=$1; seed=$2; epochs=$3
    epoch=0
    while [ $epoch -lt $epochs ]; do
      epoch=$((epoch + 1))
      awk "BEGIN { printf \\"{\\\\\\"epoch\\\\\\": %d, \\\\\\"val\\\\\\": {\\\\\\"accuracy\\\\\\": %.9f}}\\\\n\\", \\
        $epoch, $lr * $epoch / ($lr * $epoch + 1) - $seed / 1000 }"
    done
    echo done > "$LABBOOK_RUN_DIR/note.txt"

    """

  static let sweep = """
    train:
      command: sh learn.sh {lr} {seed} {epochs}
      params: {lr: 0.5, epochs: 3}
    objective: {maximize: val/accuracy}
    over: {lr: [0.5, 1, 4]}
    seeds: 2

    """

  static func place(_ program: String = program, _ file: String = sweep) throws -> Workplace {
    let place = try Workplace()
    try place.write("learn.sh", program)
    try place.write("outside.yaml", file)
    return place
  }

  static func accuracy(_ rate: Double, _ epoch: Int, _ seed: Int) -> Double {
    let x = rate * Double(epoch)
    return x / (x + 1) - Double(seed) / 1000
  }

  @Test func aSweepIsMeasuredStoredDrawnAndReused() throws {
    let place = try Self.place()
    let first = try place.labbook("run", "outside.yaml")
    #expect(first.status == 0, "\(first.errors)")
    let store = try StoreReader(place.store)
    for rate in [0.5, 1, 4] {
      for seed in [1, 2] {
        for epoch in 1...3 {
          let value = try store.number(
            """
            SELECT metric_points.value FROM metric_points JOIN run_params USING (run) JOIN run_table USING (run)
            WHERE run_params.key = 'train.params.lr' AND CAST(run_params.value AS REAL) = \(rate)
              AND seed = \(seed) AND metric = 'val/accuracy' AND epoch = \(epoch)
            """)
          // The program prints nine digits.
          #expect(abs(try #require(value) - Self.accuracy(rate, epoch, seed)) < 1e-9)
        }
      }
    }
    #expect(first.output.contains("0.921 ± 0.001 (2)") || first.output.contains("0.9216"))
    #expect(place.exists("plots/outside/main-curves.svg"))
    #expect(place.exists("plots/outside/main-final.svg"))
    #expect(!place.exists("labbook.sqlite.runs"))
    let again = try place.labbook("run", "outside.yaml")
    #expect(again.output.contains("all 6 runs are in"))
    // Another text of the program is another run.
    try place.write("learn.sh", "# edited\n" + Self.program)
    let plan = try place.labbook("check", "outside.yaml", "--format", "csv")
    #expect(plan.output.contains("main,lr,3,6,6,0"))
  }

  @Test func valuesReachTheProgramAsTheyAreAndNoShellSeesThem() throws {
    let odd = ["a b", "$(touch pwned)", "`id`", "x;y", "it's", "\"q\"", "*", "{lr}", "ä\\n"]
    let list = odd.map { "'\($0.replacingOccurrences(of: "'", with: "''"))'" }
    let place = try Self.place(
      """
      printf '%s\\n' "$1" > "$LABBOOK_RUN_DIR/word.txt"
      printf '%s\\n' "$LABBOOK_PARAM_odd_name" >> "$LABBOOK_RUN_DIR/word.txt"
      echo '{"loss": 1}'

      """,
      """
      train:
        command: sh learn.sh {odd-name} {params}
        params: {odd-name: x}
      objective: {minimize: loss}
      over: {odd-name: [\(list.joined(separator: ", "))]}

      """)
    let outcome = try place.labbook("run", "outside.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let runs = try StoreReader(place.store).texts("SELECT run FROM run_table ORDER BY created_at")
    let words = try runs.map {
      try place.labbook("show", $0, "--artifact", "files/word.txt").output
    }
    #expect(Set(words) == Set(odd.map { "\($0)\n\($0)\n" }))
    #expect(!place.exists("pwned"))
  }

  @Test func failuresSayWhy() throws {
    let cases = [
      ("exit 3", "exit 3; its last lines: one | two"),
      ("kill -SEGV $$", "killed by SIGSEGV"),
      ("true", "it ended without loss, its objective: it told 1 other metric"),
      (
        "echo 'Traceback (most recent call last):'; echo '  File \"/x/train.py\", line 42, in f'; "
          + "echo 'ValueError: no rate'; exit 1", "exit 1: ValueError: no rate (train.py:42)"
      ),
    ]
    for (end, words) in cases {
      let place = try Self.place(
        "echo one\necho '{\"other\": 1}' >> $LABBOOK_METRICS\necho two\n\(end)\n",
        """
        train: {command: sh learn.sh}
        objective: {minimize: loss}

        """)
      let outcome = try place.labbook("run", "outside.yaml")
      #expect(outcome.status == 1)
      let message = try #require(try StoreReader(place.store).text("SELECT message FROM runs"))
      #expect(message.contains(words), "\(message)")
    }
  }

  @Test func threeEqualFailuresEndTheSweep() throws {
    let place = try Self.place(
      "exit 7\n",
      """
      train: {command: "sh learn.sh {x}", params: {x: 1}}
      objective: {minimize: loss}
      over: {x: [1, 2, 3, 4, 5]}

      """)
    let first = try place.labbook("run", "outside.yaml", "--jobs", "1")
    #expect(first.status == 1)
    #expect(first.errors.contains("3 runs failed alike before any succeeded"))
    let count = "SELECT COUNT(*) FROM run_table WHERE status = 'failed'"
    #expect(try StoreReader(place.store).number(count) == 3)
    _ = try place.labbook("run", "outside.yaml", "--jobs", "1", "--keep-going")
    #expect(try StoreReader(place.store).number(count) == 5)
  }

  @Test func aProgramThatSleepsTooLongIsEnded() throws {
    for (key, words) in [
      ("timeout: 0.3s", "longer than its timeout of 0 s"),
      ("idle_timeout: 0.3s", "no output for 0 s"),
    ] {
      let place = try Self.place(
        "trap '' TERM\necho '{\"loss\": 1}'\nsleep 100 & wait\nsleep 100\n",
        """
        train: {command: sh learn.sh, grace: 0.2s, \(key)}
        objective: {minimize: loss}

        """)
      let outcome = try place.labbook("run", "outside.yaml")
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains(words), "\(outcome.errors)")
    }
  }

  @Test func anEditWhileItRunsFailsTheRun() throws {
    let place = try Self.place(
      "echo '{\"loss\": 1}'\necho '# edited' >> learn.sh\n",
      """
      train: {command: sh learn.sh}
      objective: {minimize: loss}

      """)
    let outcome = try place.labbook("run", "outside.yaml")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("learn.sh changed while it ran"))
  }

  @Test func metricsComeFromPatternsTablesAndFiles() throws {
    let programs = [
      (
        "{pattern: 'step\\s+(?<step>\\d+)\\s+loss\\s+(?<loss>\\S+)'}",
        "echo \"step 1 loss 0.5\"; echo \"step 2 loss 0.25\""
      ),
      (
        "{csv: out/m.csv}", "mkdir -p $1/out; printf 'step,loss\\n1,0.5\\n2,0.25\\n' > $1/out/m.csv"
      ),
      (
        "{file: m.jsonl}",
        "printf '{\"step\": 2, \"loss\": 0.25}\\n{\"step\": 1, \"loss\": 0.5}\\n' > $1/m.jsonl"
      ),
      ("stdout", "printf \"{'loss': 0.5}\\n{'loss': 0.25}\""),
    ]
    for (metrics, program) in programs {
      let place = try Self.place(
        program + "\n",
        """
        train:
          command: sh learn.sh {run_dir}
          metrics: \(metrics)
        objective: {minimize: loss}

        """)
      let outcome = try place.labbook("run", "outside.yaml")
      #expect(outcome.status == 0, "\(metrics): \(outcome.errors)")
      let found = try StoreReader(place.store).texts(
        "SELECT step || ' ' || value FROM metric_points WHERE metric = 'loss' ORDER BY step")
      #expect(found == ["1 0.5", "2 0.25"], "\(metrics)")
    }
  }

  @Test func filesOfARunAreItsArtifactsAndGoWithIt() throws {
    let place = try Self.place(
      """
      mkdir -p "$LABBOOK_RUN_DIR/deep/er"
      echo small > "$LABBOOK_RUN_DIR/deep/er/a.txt"
      head -c 100000 /dev/zero > "$LABBOOK_RUN_DIR/large.bin"
      ln -s /etc/passwd "$LABBOOK_RUN_DIR/link"
      echo '{"loss": 1}'

      """,
      """
      train: {command: sh learn.sh}
      objective: {minimize: loss}

      """)
    #expect(try place.labbook("run", "outside.yaml").status == 0)
    let store = try StoreReader(place.store)
    #expect(
      try store.texts("SELECT name FROM run_artifacts ORDER BY name")
        == ["files/deep/er/a.txt", "files/large.bin", "output.txt"])
    let run = try #require(try store.text("SELECT run FROM run_table"))
    #expect(
      try place.labbook("show", run, "--artifact", "files/deep/er/a.txt").output == "small\n")
    #expect(
      try place.labbook("show", run, "--artifact", "files/large.bin").output.utf8.count == 100_000)
    #expect(try place.labbook("show", run, "--log").output == "{\"loss\": 1}\n")
    #expect(try place.labbook("rm", run).status == 0)
    #expect(!place.files().contains { $0.hasSuffix("large.bin") })
  }

  @Test func aTrialSaysWhatItUnderstoodAndStoresNothing() throws {
    let place = try Self.place()
    let outcome = try place.labbook("run", "outside.yaml", "--try")
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("step 1: val/accuracy 0.3323"), "\(outcome.output)")
    #expect(!place.exists("labbook.sqlite"))
  }

  @Test func networksAndAProgramStandInOneNotebook() throws {
    let place = try Self.place(
      Self.program,
      """
      data: {source: spiral, points_per_class: 20, split: {val: 0.2}}
      model: {mlp: {hidden: [4]}}
      train: {epochs: 2}
      objective: {maximize: val/accuracy}
      notebook:
        - sweep: networks
          over: {lr: [0.1, 0.01]}
          seeds: 2
        - sweep: program
          with: {command: "sh learn.sh {lr} {seed} 3", params: {lr: 1}}
          over: {lr: [0.5, 4]}
          seeds: 2
        - table: best
          metric: val/accuracy
        - plot: final
          metric: val/accuracy
          x: lr
        - text: "{{ best(program, val/accuracy) }}"

      """)
    let outcome = try place.labbook("run", "outside.yaml")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let store = try StoreReader(place.store)
    #expect(
      try store.texts(
        "SELECT DISTINCT value FROM run_params WHERE key = 'train.params.lr' ORDER BY value")
        == ["0.5", "4"])
    #expect(try store.number("SELECT COUNT(*) FROM run_params WHERE key = 'train.lr'") == 4)
    #expect(try place.read("plots/outside/index.md").contains("0.92"))
  }

  @Test func commandsThatLookIntoNetworksSaySo() throws {
    let place = try Self.place()
    for command in ["find-lr", "torch", "step", "gradcheck", "data"] {
      let outcome = try place.labbook(command, "outside.yaml")
      #expect(outcome.status == 2, "\(command)")
      #expect(outcome.errors.contains("network"), "\(command): \(outcome.errors)")
    }
  }

  @Test func aBareNameIsAParameterInTheStoreToo() throws {
    let place = try Self.place()
    #expect(try place.labbook("run", "outside.yaml").status == 0)
    let compared = try place.labbook(
      "compare", "--sweep", "main", "--by", "lr", "--metric", "val/accuracy")
    #expect(compared.status == 0 && compared.output.contains("0.5"), "\(compared.errors)")
    let listed = try place.labbook("runs", "--where", "lr = 4", "--format", "csv")
    #expect(listed.output.split(whereSeparator: \.isNewline).count == 3)
  }

  @Test func aCommandBecomesAFileThatIsRight() throws {
    let place = try Self.place()
    try place.write("opt.sh", "echo \"{\\\"val/accuracy\\\": 0.$2, \\\"seed\\\": $4}\"\n")
    let made = try place.labbook("init", "--from", "sh opt.sh --lr 5 --seed 1")
    #expect(made.status == 0, "\(made.errors)")
    let text = try place.read("opt.yaml")
    #expect(text.contains(#"command: "sh opt.sh --lr {lr} --seed {seed}""#), "\(text)")
    #expect(text.contains("lr: 5") && text.contains("objective: {maximize: val/accuracy}"))
    #expect(text.contains("lr: [0.5, 5, 50]") && text.contains("seeds: 3"))
    #expect(try place.labbook("check", "opt.yaml").status == 0)
    // Without options the file is called by the script all the same.
    #expect(try place.labbook("init", "--from", "sh learn.sh 1 1 2").status == 0)
    #expect(place.exists("learn.yaml"))
    let again = try place.labbook("init", "--from", "sh learn.sh 1 1 2")
    #expect(again.status == 2 && again.errors.contains("is there already"))
  }
}
