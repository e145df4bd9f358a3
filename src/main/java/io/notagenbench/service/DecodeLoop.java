package io.notagenbench.service;

import io.notagenbench.decoding.CharWork;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.DrawListener;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.PieceListener;
import io.notagenbench.generate.PieceSteps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The one thread that runs the engine: takes flights from a bounded queue, one a round, and decodes a patch of each in every
 * round. What happens to one flight does not touch the others: a client that is gone frees its slot before the next round, and
 * where a round fails, each piece is tried alone to find the one that is to blame.
 */
final class DecodeLoop {

    private static final long IDLE_MILLIS = 50;
    private static final int LONGEST_RETRY = 60;

    private final Supplier<Rounds> opener;
    private final GenerationSettings probe;
    private final int slots;
    private final Duration deadline;
    private final Metrics metrics;
    private final Consumer<String> complaints;
    private final BlockingDeque<Flight> queue;
    private final int most;
    private final List<SlotPiece> running = new ArrayList<>();
    private Rounds rounds;
    /** Drafts of these rounds that are in the metrics already. */
    private CharWork.Drafts counted = Rounds.NO_DRAFTS;
    private volatile double pieceSeconds = 1;
    private volatile Optional<String> gone = Optional.empty();
    private volatile boolean draining;
    private volatile long drainEnd;
    private volatile int busy;

    /**
     * @param opener     of a decoder with empty caches
     * @param probe      a piece that an engine that works can begin
     * @param slots      pieces at once
     * @param most       flights that may wait
     * @param deadline   from the arrival of a request to the end of its text; zero = none
     * @param complaints hears a sentence when the engine fails
     */
    DecodeLoop(Supplier<Rounds> opener, GenerationSettings probe, int slots, int most, Duration deadline, Metrics metrics,
            Consumer<String> complaints) {
        this.opener = opener;
        this.probe = probe;
        this.slots = slots;
        this.most = most;
        this.deadline = deadline;
        this.metrics = metrics;
        this.complaints = complaints;
        // a free slot is no waiting
        queue = new LinkedBlockingDeque<>(most + slots);
        metrics.watch(this);
    }

    int slots() {
        return slots;
    }

    int waiting() {
        return queue.size();
    }

    /** Pieces that are being decoded. */
    int busy() {
        return busy;
    }

    /** Why no piece can be decoded any more, in words; empty as long as one can. */
    Optional<String> gone() {
        return gone;
    }

    boolean isDraining() {
        return draining;
    }

    /** @throws Refusal if there is no room in the queue, or none will be decoded */
    void take(Flight flight) {
        requireWork();
        if (!offer(flight)) {
            queue.removeIf(waiting -> !waiting.isWanted());
            if (!offer(flight)) {
                throw Refusal.full(queue.size(), retryAfter());
            }
        }
        // what came in between the two was not seen by drain or by the end of the engine
        if ((draining || gone.isPresent()) && queue.remove(flight)) {
            requireWork();
        }
    }

    private synchronized boolean offer(Flight flight) {
        return queue.size() < most + Math.max(0, slots - busy) && queue.offer(flight);
    }

    private void requireWork() {
        gone.ifPresent(reason -> {
            throw Refusal.unavailable(reason);
        });
        if (draining) {
            throw Refusal.unavailable("The server is shutting down.");
        }
    }

    private int retryAfter() {
        return (int) Math.max(1, Math.min(LONGEST_RETRY, Math.ceil(pieceSeconds * queue.size() / slots)));
    }

    /** No flight enters any more; those that run have this long to end. {@link #run} then returns. */
    void drain(Duration longest) {
        drainEnd = System.nanoTime() + longest.toNanos();
        draining = true;
    }

    /** Runs until {@link #drain}. */
    void run() {
        try {
            rounds = opener.get();
            while (!draining || !running.isEmpty()) {
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            end("The engine is gone: " + words(e));
        } finally {
            failAll(Refusal.unavailable(gone.orElse("The server is shutting down.")));
            if (rounds != null) {
                closeQuietly();
            }
        }
    }

    private void turn() throws InterruptedException {
        failLate();
        admit();
        if (!running.isEmpty()) {
            round();
            if (draining && System.nanoTime() - drainEnd > 0) {
                failRunning(Refusal.unavailable("The server is shutting down, and this piece was not whole in time."));
            }
        }
        if (draining) {
            failWaiting(Refusal.unavailable("The server is shutting down."));
        }
    }

    /** One a round, so that the others wait for one prompt at most. */
    private void admit() throws InterruptedException {
        if (draining || !rounds.hasRoom()) {
            return;
        }
        Flight next = running.isEmpty() ? queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS) : queue.poll();
        while (next != null && !next.isWanted()) {
            metrics.dropped();
            next = queue.poll();
        }
        if (next == null) {
            return;
        }
        try {
            SlotPiece piece = new SlotPiece(next);
            if (!piece.settle(this::count)) {
                rounds.enter(piece.steps());
                running.add(piece);
                busy = running.size();
            }
        } catch (RuntimeException e) {
            metrics.failed();
            next.fail(Refusal.failed("This piece cannot be begun: " + words(e)));
        }
    }

    private void round() {
        try {
            rounds.decode();
        } catch (RuntimeException | OutOfMemoryError e) {
            recover(e);
        }
        metrics.round(running.size());
        CharWork.Drafts drafts = rounds.drafts();
        metrics.drafts(drafts.drafted() - counted.drafted(), drafts.accepted() - counted.accepted());
        counted = drafts;
        running.removeIf(this::leaves);
        busy = running.size();
    }

    /** Whether a piece is whole or nobody waits for it; its slot is free then. */
    private boolean leaves(SlotPiece piece) {
        if (piece.settle(this::count)) {
            return true;
        }
        if (!piece.flight().isWanted()) {
            piece.steps().stop();
            metrics.dropped();
            return true;
        }
        return false;
    }

    private void count(Flight flight) {
        pieceSeconds += (flight.times().total() - flight.times().queue() - pieceSeconds) / 8;
        metrics.written(flight);
    }

    /**
     * A round failed. What an engine has in its caches then is not known, so it begins anew; each piece decodes a patch alone,
     * which is a patch of its text, and the one that fails again is to blame. An engine that fails on the probe, too, is gone.
     */
    private void recover(Throwable e) {
        metrics.engineFailed();
        complaints.accept("The engine failed on " + running.size() + (running.size() == 1 ? " piece: " : " pieces: ") + words(e));
        if (slots == 1) {
            blame(running.get(0), e);
        }
        for (SlotPiece piece : List.copyOf(running)) {
            reopen();
            rounds.enter(piece.steps());
            try {
                rounds.decode();
            } catch (RuntimeException | OutOfMemoryError again) {
                blame(piece, again);
            }
        }
        reopen();
        PieceSteps trial = new PieceSteps(probe, PieceListener.NONE, DrawListener.NONE);
        rounds.enter(trial);
        rounds.decode();
        trial.stop();
        running.forEach(piece -> rounds.enter(piece.steps()));
    }

    private void blame(SlotPiece piece, Throwable e) {
        running.remove(piece);
        metrics.failed();
        piece.flight().fail(Refusal.failed("The engine failed on this piece: " + words(e)));
    }

    private void reopen() {
        closeQuietly();
        rounds = opener.get();
        counted = Rounds.NO_DRAFTS;
    }

    /** A session that has failed may fail once more when it is closed. */
    private void closeQuietly() {
        try {
            rounds.close();
        } catch (RuntimeException e) {
            complaints.accept("The engine could not free a session: " + words(e));
        }
    }

    private static String words(Throwable e) {
        String words = e instanceof Fault || e.getMessage() != null ? e.getMessage() : e.toString();
        return words.endsWith(".") ? words : words + ".";
    }

    private void failLate() {
        if (deadline.isZero()) {
            return;
        }
        long latest = System.nanoTime() - deadline.toNanos();
        Refusal late = Refusal.tooLate("The text was not whole within the " + deadline.toMillis() / 1e3
                + " s that this server gives a request: its -p timeLimit= allows more.");
        for (Flight first = queue.peek(); first != null && first.arrived() - latest < 0; first = queue.peek()) {
            queue.remove(first);
            metrics.late();
            first.fail(late);
        }
        running.removeIf(piece -> {
            boolean isLate = piece.flight().arrived() - latest < 0;
            if (isLate) {
                piece.steps().stop();
                metrics.late();
                piece.flight().fail(late);
            }
            return isLate;
        });
        busy = running.size();
    }

    private void end(String reason) {
        gone = Optional.of(reason);
        complaints.accept(reason);
    }

    private void failAll(Refusal refusal) {
        failRunning(refusal);
        failWaiting(refusal);
    }

    private void failRunning(Refusal refusal) {
        running.forEach(piece -> {
            piece.steps().stop();
            piece.flight().fail(refusal);
        });
        running.clear();
        busy = 0;
    }

    private void failWaiting(Refusal refusal) {
        for (Flight flight = queue.poll(); flight != null; flight = queue.poll()) {
            flight.fail(refusal);
        }
    }
}
