package io.notagenbench.cli;

import io.notagenbench.device.Jna;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Runs a last action and ends the process on Ctrl-C, SIGTERM or SIGHUP, also while engines compute. The JVM's own
 * shutdown would unload the engines' libraries while threads run in them, and crash.
 */
final class StopSignals implements AutoCloseable {

    private static final List<String> NAMES = List.of("INT", "TERM", "HUP");
    /** A process that a signal ended has this exit code and the number of the signal. */
    private static final int EXIT_CODE = 128;

    private final Map<Signal, SignalHandler> usual = new HashMap<>();
    private final Runnable last;
    private final IntUnaryOperator exitCode;
    private boolean closed;

    /** @param last is done if the process is stopped before {@link #close}, and never during a {@link #whole} step */
    StopSignals(Runnable last) {
        this(last, number -> EXIT_CODE + number);
    }

    /** @param exitCode of a process that was stopped, by the number of the signal */
    StopSignals(Runnable last, IntUnaryOperator exitCode) {
        this.last = last;
        this.exitCode = exitCode;
        for (String name : NAMES) {
            try {
                Signal signal = new Signal(name);
                usual.put(signal, Signal.handle(signal, this::stop));
            } catch (IllegalArgumentException e) {
                // Windows has no SIGHUP, and a JVM with -Xrs leaves all of them to the system
            }
        }
    }

    private synchronized void stop(Signal signal) {
        if (closed) {
            usual.get(signal).handle(signal);
            return;
        }
        try {
            last.run();
        } finally {
            Jna.function("_exit").invokeVoid(new Object[] {exitCode.applyAsInt(signal.getNumber())});
        }
    }

    /** Takes a step that must not be cut off. */
    synchronized void whole(Runnable step) {
        step.run();
    }

    /** From now on signals do what they usually do; may be called in the last {@link #whole} step. */
    @Override
    public synchronized void close() {
        closed = true;
        usual.forEach(Signal::handle);
    }
}
