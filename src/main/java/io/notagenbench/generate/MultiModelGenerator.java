package io.notagenbench.generate;

import io.notagenbench.decoding.BatchDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;

/**
 * Writes a queue of pieces on several models at once, each on its own thread: a model with room takes the next piece,
 * so that none waits for another until the queue is empty. The texts are those of one model.
 */
public final class MultiModelGenerator implements AutoCloseable {

    private final ExecutorService threads;

    /** @param models how many run at the same time; their threads live as long as this */
    public MultiModelGenerator(int models) {
        threads = Executors.newFixedThreadPool(models, task -> {
            Thread thread = new Thread(task, "model");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Writes all pieces of a queue and returns them in its order. */
    public List<Piece> generate(List<BatchDecoder> decoders, List<GenerationSettings> queue) {
        Piece[] pieces = new Piece[queue.size()];
        generate(decoders, queue, (piece, number) -> pieces[number] = piece);
        return List.of(pieces);
    }

    /**
     * Writes all pieces of a queue.
     *
     * @param decoders one of each model
     * @param queue    what each piece is made from
     * @param written  hears of each piece when it has ended, with its place in the queue, of one at a time
     */
    public void generate(List<BatchDecoder> decoders, List<GenerationSettings> queue, ObjIntConsumer<Piece> written) {
        AtomicInteger next = new AtomicInteger();
        ObjIntConsumer<Piece> oneAtATime = (piece, number) -> {
            synchronized (next) {
                written.accept(piece, number);
            }
        };
        List<Future<?>> running = new ArrayList<>();
        for (BatchDecoder decoder : decoders) {
            running.add(threads.submit(() -> new BatchGenerator(decoder).generate(queue, next, oneAtATime)));
        }
        await(running, () -> next.set(queue.size()));
    }

    /** Waits for all models. When one fails, the others take no further piece, and the failure is thrown. */
    private static void await(List<Future<?>> running, Runnable stop) {
        RuntimeException failure = null;
        for (Future<?> one : running) {
            try {
                one.get();
            } catch (ExecutionException e) {
                stop.run();
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                failure = failure == null ? (RuntimeException) e.getCause() : failure;
            } catch (InterruptedException e) {
                stop.run();
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while a queue of pieces was written", e);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
