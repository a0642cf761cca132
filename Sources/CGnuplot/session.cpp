#include "CGnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <gnuplot-iostream.h>

extern char **environ;

namespace {

// Keeps SIGPIPE from this thread while it writes, and takes back one that it earned itself.
class SigpipeBlock {
 public:
  SigpipeBlock() {
    sigemptyset(&pipe_);
    sigaddset(&pipe_, SIGPIPE);
    sigset_t pending;
    sigpending(&pending);
    was_pending_ = sigismember(&pending, SIGPIPE) == 1;
    pthread_sigmask(SIG_BLOCK, &pipe_, &before_);
  }
  ~SigpipeBlock() {
    if (!was_pending_) {
      const struct timespec at_once = {0, 0};
      while (sigtimedwait(&pipe_, nullptr, &at_once) == -1 && errno == EINTR) {
      }
    }
    pthread_sigmask(SIG_SETMASK, &before_, nullptr);
  }
  SigpipeBlock(const SigpipeBlock &) = delete;
  SigpipeBlock &operator=(const SigpipeBlock &) = delete;

 private:
  sigset_t pipe_;
  sigset_t before_;
  bool was_pending_ = false;
};

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int value = -1) : value_(value) {}
  ~Descriptor() { reset(-1); }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;
  int get() const { return value_; }
  int release() {
    const int value = value_;
    value_ = -1;
    return value;
  }
  void reset(int value) {
    if (value_ >= 0) ::close(value_);
    value_ = value;
  }

 private:
  int value_;
};

char *copy(const std::string &text) { return ::strdup(text.c_str()); }

bool is_note(const std::string &line) {
  static const char *const notes[] = {
      "Fontconfig ", "Pango-WARNING", "GLib-", "warning: empty x range", "warning: empty y range",
      "warning: empty cb range", "warning: empty z range", "adjusting to [",
      "Skipping data file with no valid points",
  };
  if (line.find_first_not_of(" \t^") == std::string::npos) return true;
  for (const char *note : notes) {
    if (line.find(note) != std::string::npos) return true;
  }
  return false;
}

// How gnuplot names the file of a script before what it complains of.
const std::string kScript = "\"/dev/fd/3\" ";

// gnuplot echoes the line it stumbles over and points into it; what counts is the line that follows.
std::string complaints(const std::string &text) {
  std::istringstream lines(text);
  std::string line, result;
  while (std::getline(lines, line)) {
    if (is_note(line)) continue;
    if (line.compare(0, 8, "gnuplot>") == 0 || line.compare(0, 10, "multiplot>") == 0) continue;
    line.erase(0, line.find_first_not_of(" \t"));
    if (line.compare(0, kScript.size(), kScript) == 0) line.erase(0, kScript.size());
    if (line.compare(0, 5, "line ") == 0) {
      const size_t colon = line.find(": ");
      if (colon != std::string::npos) line.erase(0, colon + 2);
      line.erase(0, line.find_first_not_of(" \t"));
    }
    if (!result.empty()) result += '\n';
    result += line;
  }
  return result;
}

// The environment without what would change gnuplot's pictures from one user to the next.
std::vector<char *> clean_environment() {
  static char locale[] = "LC_ALL=C.UTF-8";
  std::vector<char *> result;
  for (char **entry = environ; entry && *entry; ++entry) {
    const std::string text(*entry);
    if (text.compare(0, 3, "LC_") == 0 || text.compare(0, 4, "GNUT") == 0 ||
        text.compare(0, 7, "GNUPLOT") == 0) {
      continue;
    }
    result.push_back(*entry);
  }
  result.push_back(locale);
  result.push_back(nullptr);
  return result;
}

}  // namespace

struct labbook_gnuplot {
  std::unique_ptr<Gnuplot> stream;
  Descriptor answers;  // gnuplot's standard output
  Descriptor errors;   // gnuplot's standard error, a file in memory
  Descriptor script;   // what gnuplot is to load, a file in memory and its descriptor 3
  pid_t child = -1;
  unsigned long count = 0;

  ~labbook_gnuplot() {
    {
      SigpipeBlock block;
      stream.reset();  // closes the pipe: gnuplot ends at the end of its input
    }
    answers.reset(-1);
    if (child > 0) reap();
  }

  std::string said() {
    std::string text;
    char buffer[4096];
    off_t offset = 0;
    ssize_t got;
    while ((got = ::pread(errors.get(), buffer, sizeof buffer, offset)) > 0) {
      text.append(buffer, static_cast<size_t>(got));
      offset += got;
    }
    return text;
  }

  // Puts commands where gnuplot loads them from: it reads its standard input byte by byte, a file in
  // pieces.
  bool put(const char *commands, size_t length) {
    if (::ftruncate(script.get(), 0) != 0) return false;
    size_t done = 0;
    while (done < length) {
      const ssize_t count =
          ::pwrite(script.get(), commands + done, length - done, static_cast<off_t>(done));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      done += static_cast<size_t>(count);
    }
    return true;
  }

  void forget() {
    if (::ftruncate(errors.get(), 0) != 0) errors.reset(-1);
  }

  // Waits until `token` stands on gnuplot's standard output; false if it ended or is too slow.
  bool wait_for(const std::string &token, int timeout_seconds, bool *too_slow) {
    struct timespec now;
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    const long long end = now.tv_sec * 1000LL + now.tv_nsec / 1000000 + timeout_seconds * 1000LL;
    std::string text;
    char buffer[1024];
    while (text.find(token) == std::string::npos) {
      ::clock_gettime(CLOCK_MONOTONIC, &now);
      const long long left = end - (now.tv_sec * 1000LL + now.tv_nsec / 1000000);
      if (left <= 0) {
        *too_slow = true;
        return false;
      }
      struct pollfd ready = {answers.get(), POLLIN, 0};
      const int count = ::poll(&ready, 1, static_cast<int>(std::min(left, 1000LL)));
      if (count < 0 && errno != EINTR) return false;
      if (count <= 0) continue;
      const ssize_t got = ::read(answers.get(), buffer, sizeof buffer);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      text.append(buffer, static_cast<size_t>(got));
    }
    return true;
  }

 private:
  // Gives the child two seconds to end by itself, then ends it.
  void reap() {
    for (int waited = 0; waited < 2000; ++waited) {
      const pid_t done = ::waitpid(child, nullptr, WNOHANG);
      if (done == child || (done < 0 && errno != EINTR)) return;
      const struct timespec pause = {0, 1000000};
      ::nanosleep(&pause, nullptr);
    }
    ::kill(child, SIGKILL);
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
};

namespace {

int spawn(const char *program, int input, int output, int errors, int script, pid_t *child) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  if (posix_spawn_file_actions_init(&actions) != 0) return ENOMEM;
  if (posix_spawnattr_init(&attributes) != 0) {
    posix_spawn_file_actions_destroy(&actions);
    return ENOMEM;
  }
  posix_spawn_file_actions_adddup2(&actions, input, 0);
  posix_spawn_file_actions_adddup2(&actions, output, 1);
  posix_spawn_file_actions_adddup2(&actions, errors, 2);
  posix_spawn_file_actions_adddup2(&actions, script, 3);
  // A group of its own: Ctrl-C is the parent's to handle.
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(
      &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  std::vector<char *> environment = clean_environment();
  char defaults[] = "-d";
  char *const arguments[] = {const_cast<char *>(program), defaults, nullptr};
  const int code =
      ::posix_spawnp(child, program, &actions, &attributes, arguments, environment.data());
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return code;
}

int open_session(const char *program, labbook_gnuplot **session, char **message) {
  int commands[2], answers[2];
  if (::pipe2(commands, O_CLOEXEC) != 0) {
    *message = copy(std::string("no pipe: ") + ::strerror(errno));
    return LABBOOK_GNUPLOT_LOST;
  }
  Descriptor commands_out(commands[0]), commands_in(commands[1]);
  if (::pipe2(answers, O_CLOEXEC) != 0) {
    *message = copy(std::string("no pipe: ") + ::strerror(errno));
    return LABBOOK_GNUPLOT_LOST;
  }
  Descriptor answers_out(answers[0]), answers_in(answers[1]);
  Descriptor errors(::memfd_create("gnuplot-errors", MFD_CLOEXEC));
  // O_APPEND: after truncation gnuplot goes on writing at the start.
  Descriptor script(::memfd_create("gnuplot-script", MFD_CLOEXEC));
  if (script.get() < 0 || errors.get() < 0 || ::fcntl(errors.get(), F_SETFL, O_APPEND) != 0) {
    *message = copy(std::string("no file in memory: ") + ::strerror(errno));
    return LABBOOK_GNUPLOT_LOST;
  }
  pid_t child = -1;
  const int code =
      spawn(program, commands_out.get(), answers_in.get(), errors.get(), script.get(), &child);
  if (code != 0) {
    *message = copy(::strerror(code));
    return code == ENOENT ? LABBOOK_GNUPLOT_MISSING : LABBOOK_GNUPLOT_LOST;
  }
  std::unique_ptr<labbook_gnuplot> result(new labbook_gnuplot);
  result->child = child;
  result->answers.reset(answers_out.release());
  result->errors.reset(errors.release());
  result->script.reset(script.release());
  FILE *file = ::fdopen(commands_in.get(), "w");
  if (file == nullptr) {
    *message = copy(std::string("no stream: ") + ::strerror(errno));
    return LABBOOK_GNUPLOT_LOST;
  }
  commands_in.release();
  result->stream.reset(new Gnuplot(file));
  *session = result.release();
  return LABBOOK_GNUPLOT_OK;
}

int run(labbook_gnuplot *session, const char *commands, size_t length, int timeout_seconds,
        char **message) {
  const std::string token = "labbook-done-" + std::to_string(++session->count) + "-";
  bool too_slow = false;
  bool answered = false;
  {
    SigpipeBlock block;
    if (!session->put(commands, length)) {
      *message = copy(std::string("no memory for the script: ") + ::strerror(errno));
      return LABBOOK_GNUPLOT_LOST;
    }
    Gnuplot &stream = *session->stream;
    stream << "load '/dev/fd/3'\nset print \"-\"\nprint \"" << token << "\"\n" << std::flush;
    if (stream.good()) answered = session->wait_for(token, timeout_seconds, &too_slow);
  }
  const std::string complaint = complaints(session->said());
  session->forget();
  if (!answered) {
    const std::string how = too_slow ? "gnuplot did not answer within " +
                                           std::to_string(timeout_seconds) + " seconds"
                                     : "gnuplot ended before it had drawn";
    *message = copy(complaint.empty() ? how : how + ": " + complaint);
    if (too_slow) ::kill(session->child, SIGKILL);
    return LABBOOK_GNUPLOT_LOST;
  }
  if (complaint.empty()) return LABBOOK_GNUPLOT_OK;
  *message = copy(complaint);
  return LABBOOK_GNUPLOT_REFUSED;
}

}  // namespace

extern "C" int labbook_gnuplot_open(const char *program, labbook_gnuplot **session,
                                    char **message) {
  *session = nullptr;
  *message = nullptr;
  try {
    return open_session(program, session, message);
  } catch (const std::exception &error) {
    *message = ::strdup(error.what());
  } catch (...) {
    *message = ::strdup("unknown error");
  }
  return LABBOOK_GNUPLOT_LOST;
}

extern "C" int labbook_gnuplot_run(labbook_gnuplot *session, const char *commands, size_t length,
                                   int timeout_seconds, char **message) {
  *message = nullptr;
  try {
    return run(session, commands, length, timeout_seconds, message);
  } catch (const std::exception &error) {
    *message = ::strdup(error.what());
  } catch (...) {
    *message = ::strdup("unknown error");
  }
  return LABBOOK_GNUPLOT_LOST;
}

extern "C" void labbook_gnuplot_close(labbook_gnuplot *session) {
  try {
    delete session;
  } catch (...) {
    // The process is gone either way.
  }
}

extern "C" void labbook_gnuplot_free(char *message) { ::free(message); }
