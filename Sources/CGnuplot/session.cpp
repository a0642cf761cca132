#include "CGnuplot.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>

#include <gnuplot-iostream.h>

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

// How long an answer may take, and when its absence is said.
class Deadline {
 public:
  explicit Deadline(const labbook_gnuplot_limits &limits) : limits_(limits), start_(now()) {}

  // Waits until the descriptor is ready; false once the time is over.
  bool wait(int descriptor, short event) {
    for (;;) {
      const long long passed = now() - start_;
      if (passed >= limits_.timeout_seconds * 1000LL) {
        is_over_ = true;
        return false;
      }
      long long next = limits_.timeout_seconds * 1000LL;
      if (!has_told_) {
        if (passed >= limits_.silent_seconds * 1000LL) {
          has_told_ = true;
          if (limits_.on_silence != nullptr) limits_.on_silence(limits_.context);
          continue;
        }
        next = std::min(next, limits_.silent_seconds * 1000LL);
      }
      struct pollfd ready = {descriptor, event, 0};
      const int count = ::poll(&ready, 1, static_cast<int>(std::min(next - passed, 1000LL)));
      if (count > 0) return true;
      if (count < 0 && errno != EINTR) return false;
    }
  }

  bool is_over() const { return is_over_; }

 private:
  static long long now() {
    struct timespec time;
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
  }

  const labbook_gnuplot_limits limits_;
  const long long start_;
  bool has_told_ = false;
  bool is_over_ = false;
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

}  // namespace

struct labbook_gnuplot {
  std::unique_ptr<Gnuplot> stream;
  Descriptor answers;  // gnuplot's standard output
  Descriptor errors;   // gnuplot's standard error, a file in memory
  Descriptor script;   // what gnuplot is to load, a file in memory and its descriptor 3
  int written = -1;    // where the stream writes to
  unsigned long count = 0;

  ~labbook_gnuplot() {
    SigpipeBlock block;
    stream.reset();  // closes the pipe: gnuplot ends at the end of its input
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
  bool put(const std::string &commands) {
    if (::ftruncate(script.get(), 0) != 0) return false;
    size_t done = 0;
    while (done < commands.size()) {
      const ssize_t count = ::pwrite(script.get(), commands.data() + done, commands.size() - done,
                                     static_cast<off_t>(done));
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return false;
      done += static_cast<size_t>(count);
    }
    return true;
  }

  void forget() {
    if (::ftruncate(errors.get(), 0) != 0) errors.reset(-1);
  }

  // Hands over a line that is short enough for a pipe that is ready to take it without blocking; false
  // if nobody reads it or that is too slow.
  bool send(const std::string &line, Deadline &deadline) {
    if (!deadline.wait(written, POLLOUT)) return false;
    *stream << line << std::flush;
    return stream->good();
  }

  // Waits until `token` stands on gnuplot's standard output; false if it ended or is too slow.
  bool wait_for(const std::string &token, Deadline &deadline) {
    std::string text;
    char buffer[1024];
    while (text.find(token) == std::string::npos) {
      if (!deadline.wait(answers.get(), POLLIN)) return false;
      const ssize_t got = ::read(answers.get(), buffer, sizeof buffer);
      if (got < 0 && errno == EINTR) continue;
      if (got <= 0) return false;
      text.append(buffer, static_cast<size_t>(got));
    }
    return true;
  }
};

namespace {

labbook_gnuplot *open_session(labbook_gnuplot_streams *streams) {
  std::unique_ptr<labbook_gnuplot> result(new labbook_gnuplot);
  result->answers.reset(streams->answers);
  streams->answers = -1;
  result->errors.reset(streams->errors);
  streams->errors = -1;
  result->script.reset(streams->script);
  streams->script = -1;
  Descriptor commands(streams->commands);
  streams->commands = -1;
  FILE *file = ::fdopen(commands.get(), "w");
  if (file == nullptr) throw std::runtime_error(std::string("no stream: ") + ::strerror(errno));
  result->written = commands.release();
  result->stream.reset(new Gnuplot(file));
  return result.release();
}

int run(labbook_gnuplot *session, const std::string &commands, labbook_gnuplot_limits limits,
        char **message) {
  const std::string token = "labbook-done-" + std::to_string(++session->count) + "-";
  Deadline deadline(limits);
  bool answered = false;
  {
    SigpipeBlock block;
    if (!session->put(commands)) {
      *message = copy(std::string("no memory for the script: ") + ::strerror(errno));
      return LABBOOK_GNUPLOT_LOST;
    }
    answered = session->send("load '/dev/fd/3'\nset print \"-\"\nprint \"" + token + "\"\n",
                             deadline) &&
               session->wait_for(token, deadline);
  }
  const std::string complaint = complaints(session->said());
  session->forget();
  if (!answered) {
    const bool too_slow = deadline.is_over();
    const std::string how = too_slow ? "gnuplot did not answer within " +
                                           std::to_string(limits.timeout_seconds) + " seconds"
                                     : "gnuplot ended before it had drawn";
    *message = copy(complaint.empty() ? how : how + ": " + complaint);
    return too_slow ? LABBOOK_GNUPLOT_TOO_SLOW : LABBOOK_GNUPLOT_LOST;
  }
  if (complaint.empty()) return LABBOOK_GNUPLOT_OK;
  *message = copy(complaint);
  return LABBOOK_GNUPLOT_REFUSED;
}

void close_one(int *descriptor) {
  if (*descriptor >= 0) ::close(*descriptor);
  *descriptor = -1;
}

}  // namespace

extern "C" int labbook_gnuplot_make_streams(labbook_gnuplot_streams *streams) {
  *streams = {-1, -1, -1, -1, -1, -1};
  int commands[2], answers[2];
  int code = ::pipe2(commands, O_CLOEXEC) == 0 ? 0 : errno;
  if (code != 0) return code;
  streams->program_input = commands[0];
  streams->commands = commands[1];
  code = ::pipe2(answers, O_CLOEXEC) == 0 ? 0 : errno;
  if (code == 0) {
    streams->answers = answers[0];
    streams->program_output = answers[1];
    streams->errors = ::memfd_create("gnuplot-errors", MFD_CLOEXEC);
    // O_APPEND: after truncation gnuplot goes on writing at the start.
    streams->script = ::memfd_create("gnuplot-script", MFD_CLOEXEC);
    if (streams->script < 0 || streams->errors < 0 ||
        ::fcntl(streams->errors, F_SETFL, O_APPEND) != 0) {
      code = errno;
    }
  }
  if (code != 0) {
    labbook_gnuplot_close_streams(streams);
    labbook_gnuplot_close_program_ends(streams);
  }
  return code;
}

extern "C" void labbook_gnuplot_close_program_ends(labbook_gnuplot_streams *streams) {
  close_one(&streams->program_input);
  close_one(&streams->program_output);
}

extern "C" void labbook_gnuplot_close_streams(labbook_gnuplot_streams *streams) {
  close_one(&streams->commands);
  close_one(&streams->answers);
  close_one(&streams->errors);
  close_one(&streams->script);
}

extern "C" labbook_gnuplot *labbook_gnuplot_open(labbook_gnuplot_streams *streams,
                                                 char **message) {
  *message = nullptr;
  try {
    return open_session(streams);
  } catch (const std::exception &error) {
    *message = ::strdup(error.what());
  } catch (...) {
    *message = ::strdup("unknown error");
  }
  return nullptr;
}

extern "C" int labbook_gnuplot_run(labbook_gnuplot *session, const char *commands, size_t length,
                                   labbook_gnuplot_limits limits, char **message) {
  *message = nullptr;
  try {
    return run(session, std::string(commands, length), limits, message);
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
    // The pipe is closed either way.
  }
}

extern "C" void labbook_gnuplot_free(char *message) { ::free(message); }
