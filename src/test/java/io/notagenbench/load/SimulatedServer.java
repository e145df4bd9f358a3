package io.notagenbench.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** One slot and one queue, in simulated time: a reply is known when its request is sent. */
final class SimulatedServer implements Clock, Sender {

    private final long service;
    private final long overslept;
    private IntFunction<String> origins = number -> "miss";
    private int most = Integer.MAX_VALUE;
    private int every = 1;
    private final List<Long> ends = new ArrayList<>();
    private long now = 5_000;
    private long free;
    private int sent;

    /**
     * @param serviceMillis of each request
     * @param oversleptMillis how much later than it wants to the sender wakes up
     */
    SimulatedServer(long serviceMillis, long oversleptMillis) {
        service = TimeUnit.MILLISECONDS.toNanos(serviceMillis);
        overslept = TimeUnit.MILLISECONDS.toNanos(oversleptMillis);
    }

    /** Every n-th request is answered at once. */
    SimulatedServer hitting(int every) {
        origins = number -> number % every == 0 ? "hit" : "miss";
        return this;
    }

    /** Only every n-th request is sent late. */
    SimulatedServer oversleepingEvery(int nth) {
        every = nth;
        return this;
    }

    /** The most requests that may wait and run. */
    SimulatedServer holding(int requests) {
        most = requests;
        return this;
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public void until(long nanos) {
        now = Math.max(now, nanos + (sent % every == 0 ? overslept : 0));
    }

    @Override
    public CompletableFuture<Reply> send(Wanted wanted) {
        String origin = origins.apply(sent++);
        if (ends.stream().filter(end -> end > now).count() >= most) {
            return CompletableFuture.completedFuture(new Reply(429, "",
                    List.of(new Reply.Line(now, "{\"error\":{\"message\":\"The queue is full.\"}}")), now, Optional.empty()));
        }
        long took = origin.equals("hit") ? 1_000 : service;
        free = Math.max(now, free) + took;
        ends.add(free);
        return CompletableFuture.completedFuture(new Reply(200, origin, Streams.lines(free, "abc", "def"), free, Optional.empty()));
    }
}
