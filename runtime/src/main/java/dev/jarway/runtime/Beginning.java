package dev.jarway.runtime;

import dev.jarway.runtime.listener.ListeningSockets;
import dev.jarway.runtime.upgrade.Predecessor;
import java.io.IOException;
import java.time.Duration;

/** How a gateway comes to be in charge of its data directory: as the first one there, or by succeeding another. */
interface Beginning {

    /** The sockets to listen on. */
    ListeningSockets sockets() throws IOException;

    /** Before anything is loaded. */
    void prepare(InCharge charge) throws IOException;

    /** Everything is loaded and bound. */
    void takeOver(InCharge charge, CatchUp catchUp) throws Exception;

    /** Everything is done, and nothing can fail any more. */
    void serve(ListeningSockets sockets);

    /** Brings what was loaded up to what has changed since. */
    interface CatchUp {
        void run() throws Exception;
    }

    /** Nobody is there. */
    record First() implements Beginning {

        @Override
        public ListeningSockets sockets() {
            return ListeningSockets.none();
        }

        @Override
        public void prepare(InCharge charge) throws IOException {
            charge.take(Duration.ZERO);
        }

        @Override
        public void takeOver(InCharge charge, CatchUp catchUp) {
            // It is in charge already.
        }

        @Override
        public void serve(ListeningSockets sockets) {
            // Its sockets have been accepting since they were bound.
        }
    }

    /**
     * Another gateway is there, and serves until this one can.
     *
     * @param announce says who is in charge now, before the predecessor learns that it may end
     */
    record Succession(Predecessor predecessor, Runnable announce) implements Beginning {
        // A gateway that is being started on this directory by mistake may have the lock for a moment.
        private static final Duration LONGEST_TAKING = Duration.ofSeconds(10);

        @Override
        public ListeningSockets sockets() throws IOException {
            return ListeningSockets.of(predecessor.sockets());
        }

        @Override
        public void prepare(InCharge charge) {
            // The predecessor is in charge.
        }

        @Override
        public void takeOver(InCharge charge, CatchUp catchUp) throws Exception {
            predecessor.layDown();
            charge.take(LONGEST_TAKING);
            catchUp.run();
        }

        @Override
        public void serve(ListeningSockets sockets) {
            sockets.accept();
            announce.run();
            predecessor.relieve();
        }
    }
}
