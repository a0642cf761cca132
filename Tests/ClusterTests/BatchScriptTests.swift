import Cluster
import Testing
import Tracking

/// What Slurm is handed.
@Suite struct BatchScriptTests {
  @Test func theLeastAsksForOneCore() throws {
    let script = try BatchScript.text(
      SlurmOptions(), executable: "/opt/lab book/labbook", name: "spiral", plan: "/home/a/plan",
      tasks: [0, 1, 2, 5, 7, 8])
    #expect(
      script == """
        #!/bin/bash
        #SBATCH --job-name=labbook-spiral
        #SBATCH --array=0-2,5,7-8
        #SBATCH --output=/home/a/plan/logs/%a.log
        #SBATCH --open-mode=append
        #SBATCH --requeue
        #SBATCH --signal=B:TERM@30
        #SBATCH --nodes=1
        #SBATCH --cpus-per-task=1
        exec '/opt/lab book/labbook' work '/home/a/plan' --task "$SLURM_ARRAY_TASK_ID"

        """)
  }

  @Test func everythingASiteDemandsIsSaid() throws {
    var options = SlurmOptions()
    options.partition = "gpu,long"
    options.account = "lab-7"
    options.time = "0-02:00:00"
    options.hasWholeNodes = true
    options.gpus = "a100:2"
    options.memory = "16G"
    options.array = 20
    options.options = ["--constraint=icelake"]
    options.setup = ["module load gcc", "export A='b c'"]
    options.wrap = "apptainer exec image.sif"
    options.shell = "/bin/bash -l"
    let script = try BatchScript.text(
      options, executable: "/opt/it's/labbook", name: "a b", plan: "/home/a b/plan", tasks: [3])
    #expect(
      script == """
        #!/bin/bash -l
        #SBATCH --job-name="labbook-a b"
        #SBATCH --array=3%20
        #SBATCH --output="/home/a b/plan/logs/%a.log"
        #SBATCH --open-mode=append
        #SBATCH --requeue
        #SBATCH --signal=B:TERM@30
        #SBATCH --partition=gpu,long
        #SBATCH --account=lab-7
        #SBATCH --time=0-02:00:00
        #SBATCH --nodes=1
        #SBATCH --exclusive
        #SBATCH --gpus-per-node=a100:2
        #SBATCH --mem=16G
        #SBATCH --constraint=icelake
        module load gcc
        export A='b c'
        exec apptainer exec image.sif '/opt/it'\\''s/labbook' work '/home/a b/plan' --task "$SLURM_ARRAY_TASK_ID"

        """)
  }

  /// `%` in a path would be read as a task's number.
  @Test func aPathThatSlurmWouldReadIsRefused() {
    for plan in ["/a/50%/plan", "/a\"b", "/a\nb", "/a\\b"] {
      #expect(throws: LabbookError.self) {
        try BatchScript.text(
          SlurmOptions(), executable: "/labbook", name: "x", plan: plan, tasks: [0])
      }
    }
  }
}
