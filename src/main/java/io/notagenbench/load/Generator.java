package io.notagenbench.load;

import io.notagenbench.fault.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends requests: when their time has come, or when a client is free. */
final class Generator {

    private final Sender sender;
    private final Clock clock;

    Generator(Sender sender, Clock clock) {
        this.sender = sender;
        this.clock = clock;
    }

    /** When a request may be sent; waits for it. */
    @FunctionalInterface
    private interface Turn {

        /** @return the time that it is meant to be sent at */
        long await(int number) throws InterruptedException;
    }

    /**
     * Sends each request at its time, whatever became of the ones before.
     *
     * @param offsets nanoseconds from the first to each
     * @return all that were sent, in their order, ended
     */
    List<Sent> open(List<Wanted> requests, long[] offsets, Phases phases) {
        long start = clock.now();
        return run(requests, phases, number -> {
            clock.until(start + offsets[number]);
            return start + offsets[number];
        }, () -> { });
    }

    /** Lets a number of clients send one request after the other, each as soon as its last one has ended. */
    List<Sent> closed(List<Wanted> requests, int clients, Phases phases) {
        Semaphore free = new Semaphore(clients);
        return run(requests, phases, number -> {
            free.acquire();
            return clock.now();
        }, free::release);
    }

    private List<Sent> run(List<Wanted> requests, Phases phases, Turn turn, Runnable ended) {
        List<CompletableFuture<Sent>> replies = new ArrayList<>();
        AtomicInteger measured = new AtomicInteger(phases.steady());
        try {
            for (int i = 0; i < requests.size() && measured.get() > 0; i++) {
                Wanted wanted = requests.get(i);
                boolean steady = phases.isSteady(i);
                long intended = turn.await(i);
                long sent = clock.now();
                replies.add(sender.send(wanted).thenApply(reply -> {
                    if (steady) {
                        measured.decrementAndGet();
                    }
                    ended.run();
                    return new Sent(wanted, intended, sent, reply);
                }));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Fault.failed("The run was interrupted.", e);
        }
        return replies.stream().map(CompletableFuture::join).toList();
    }
}
