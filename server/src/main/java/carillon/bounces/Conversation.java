package carillon.bounces;

import carillon.mail.Watchdog;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** One connection of somebody who brings mail, from greeting to farewell. */
final class Conversation {

  private static final int MOST_RECIPIENTS = 50;
  private static final int MOST_FAULTS = 10;
  private static final int MOST_COMMANDS = 2_000;
  private static final Pattern PATH =
      Pattern.compile("(?i)(?:FROM|TO): ?<(?:@[^:<>]*:)?([^<>\\s]*)>(.*)");
  private static final Pattern SIZE = Pattern.compile("(?i)(?:^|\\s)SIZE=(\\d{1,18})(?:\\s|$)");

  private final Socket socket;
  private final Postmaster postmaster;
  private final int most;
  private final SmtpInput in;
  private final OutputStream out;
  private final StringBuilder unsaid = new StringBuilder();
  private final List<String> recipients = new ArrayList<>();
  private boolean begun;
  private boolean over;
  private int faults;

  private boolean taking;
  private boolean finishing;

  Conversation(Socket socket, Postmaster postmaster, int most) throws IOException {
    this.socket = socket;
    this.postmaster = postmaster;
    this.most = most;
    this.in = new SmtpInput(socket.getInputStream());
    this.out = socket.getOutputStream();
  }

  /** Hangs up unless a mail is just being taken; then after it. */
  synchronized void finish() {
    finishing = true;
    if (!taking) {
      drop();
    }
  }

  void drop() {
    Watchdog.drop(socket);
  }

  void hold() throws IOException {
    say("220 " + postmaster.domain() + " ESMTP takes bounces and complaints");
    for (int count = 0; !over; count++) {
      if (in.waiting() == 0) {
        flush();
      }
      var line = in.line();
      if (line.isEmpty()) {
        return;
      }
      if (count == MOST_COMMANDS) {
        leave("421 4.7.0 too many commands");
      } else {
        obey(line.get());
      }
    }
    flush();
  }

  private void obey(String line) throws IOException {
    var words = line.split(" ", 2);
    var rest = words.length == 2 ? words[1] : "";
    switch (words[0].toUpperCase(Locale.ROOT)) {
      case "EHLO" -> greet(true);
      case "HELO" -> greet(false);
      case "MAIL" -> sender(rest);
      case "RCPT" -> recipient(rest);
      case "DATA" -> data();
      case "RSET" -> {
        reset();
        say("250 2.0.0 forgotten");
      }
      case "NOOP" -> say("250 2.0.0 fine");
      case "VRFY" -> say("252 2.1.5 try it");
      case "QUIT" -> leave("221 2.0.0 goodbye");
      default -> fault("500 5.5.1 not understood");
    }
  }

  private void greet(boolean extended) {
    reset();
    if (!extended) {
      say("250 " + postmaster.domain());
      return;
    }
    say("250-" + postmaster.domain());
    say("250-PIPELINING");
    say("250-8BITMIME");
    say("250-ENHANCEDSTATUSCODES");
    say("250 SIZE " + most);
  }

  private void sender(String rest) {
    var path = PATH.matcher(rest);
    if (begun || !path.matches()) {
      fault(begun ? "503 5.5.1 one at a time" : "501 5.5.4 MAIL FROM:<address> is understood");
      return;
    }
    var size = SIZE.matcher(path.group(2));
    if (size.find() && Long.parseLong(size.group(1)) > most) {
      fault("552 5.3.4 too large");
      return;
    }
    begun = true;
    say("250 2.1.0 go on");
  }

  private void recipient(String rest) {
    var path = PATH.matcher(rest);
    if (!begun || !path.matches()) {
      fault(begun ? "501 5.5.4 RCPT TO:<address> is understood" : "503 5.5.1 MAIL comes first");
    } else if (recipients.size() == MOST_RECIPIENTS) {
      say("452 4.5.3 too many recipients");
    } else if (!postmaster.knows(path.group(1))) {
      fault("550 5.1.1 no such address");
    } else {
      recipients.add(path.group(1));
      say("250 2.1.5 go on");
    }
  }

  private void data() throws IOException {
    if (recipients.isEmpty()) {
      fault("503 5.5.1 RCPT comes first");
      return;
    }
    if (!begin()) {
      leave("421 4.3.2 closing");
      return;
    }
    say("354 end with a dot on a line of its own");
    flush();
    var mail = in.content(most);
    say(answer(mail));
    reset();
    flush();
    if (!end()) {
      over = true;
    }
  }

  private String answer(Optional<byte[]> mail) {
    return mail.map(bytes -> postmaster.take(recipients, bytes)).orElse("552 5.3.4 too large");
  }

  private synchronized boolean begin() {
    taking = !finishing;
    return taking;
  }

  private synchronized boolean end() {
    taking = false;
    return !finishing;
  }

  private void reset() {
    begun = false;
    recipients.clear();
  }

  private void fault(String reply) {
    say(reply);
    faults++;
    if (faults == MOST_FAULTS) {
      leave("421 4.7.0 too many errors");
    }
  }

  private void leave(String reply) {
    say(reply);
    over = true;
  }

  private void say(String line) {
    unsaid.append(line).append("\r\n");
  }

  private void flush() throws IOException {
    out.write(unsaid.toString().getBytes(StandardCharsets.US_ASCII));
    out.flush();
    unsaid.setLength(0);
  }
}
