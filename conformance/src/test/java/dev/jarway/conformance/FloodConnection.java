package dev.jarway.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * One connection of a flood, from its opening until the other end cuts it or the time is over. It writes as fast as the connection
 * takes it, and waits for no answer.
 */
final class FloodConnection {
    private static final long NOTHING_TO_SEND_MILLIS = 20;
    private static final long LAST_WORDS_MILLIS = 500;

    private final Flood flood;
    private final Flood.Bytes bytes;
    private final FloodAnswers answers = new FloodAnswers();
    private volatile boolean stopped;

    private FloodConnection(Flood flood) {
        this.flood = flood;
        this.bytes = flood.begin();
    }

    /**
     * What became of it.
     *
     * @param cut whether the other end has ended it
     * @param end what that end has said last
     * @param units how many frames, requests or whatever the flood is of have been sent
     * @param answers how many responses and resets came back
     */
    record Outcome(boolean cut, String end, long units, long answers, Duration lasted) {}

    static Outcome run(Flood flood, FloodTarget target, Duration most) throws IOException, InterruptedException {
        return new FloodConnection(flood).run(target, most);
    }

    private Outcome run(FloodTarget target, Duration most) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Socket socket = target.open();
        try {
            Thread writer = Thread.ofPlatform().daemon().start(() -> write(socket));
            Thread reader = Thread.ofPlatform().daemon().unstarted(() -> read(socket));
            if (flood.reads()) {
                reader.start();
            }
            boolean cut = writer.join(most);
            Duration lasted = Duration.ofNanos(System.nanoTime() - begin);
            stopped = true;
            if (cut && flood.reads()) {
                reader.join(LAST_WORDS_MILLIS);
            }
            socket.close();
            writer.join();
            return new Outcome(cut, end(cut), bytes.units(), answers.count(), lasted);
        } finally {
            socket.close();
        }
    }

    private String end(boolean cut) {
        String last = answers.last();
        if (!cut) {
            return last == null ? "goes on" : "goes on, " + last;
        }
        if (last == null) {
            return "closed";
        }
        return flood.http2() ? "GOAWAY " + last : last;
    }

    private void write(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            while (!stopped && !answers.isOver()) {
                byte[] piece = bytes.next();
                if (piece.length == 0) {
                    TimeUnit.MILLISECONDS.sleep(NOTHING_TO_SEND_MILLIS);
                } else {
                    out.write(piece);
                }
            }
        } catch (IOException cut) {
            // By the other end, or by this one since the time is over.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Socket socket) {
        try {
            answers.read(socket.getInputStream(), flood.http2());
        } catch (IOException e) {
            // Closed before it began.
        }
    }
}
