package io.notagenbench.generate;

import io.notagenbench.decoding.BatchDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ObjIntConsumer;

/**
 * Writes a queue of pieces, several together (continuous batching): a piece that ends makes room for the next of the
 * queue at once. The text of each is what {@link PieceGenerator} writes.
 *
 * <p>One piece a round enters, so that the others wait for one prompt at most, and pieces of one length are not in
 * step.
 */
public final class BatchGenerator {

    private final BatchDecoder decoder;
    private final List<Writing> writing = new ArrayList<>();

    private record Writing(int number, PieceWriter writer) {
    }

    /** @param decoder has room for the windows of all pieces; is not closed */
    public BatchGenerator(BatchDecoder decoder) {
        this.decoder = decoder;
    }

    /** Writes all pieces of a queue and returns them in its order. */
    public List<Piece> generate(List<GenerationSettings> queue) {
        Piece[] pieces = new Piece[queue.size()];
        generate(queue, (piece, number) -> pieces[number] = piece);
        return List.of(pieces);
    }

    /**
     * Writes all pieces of a queue.
     *
     * @param queue   what each is made from
     * @param written hears of each piece when it has ended, with its place in the queue; its times count from when it
     *                entered
     */
    public void generate(List<GenerationSettings> queue, ObjIntConsumer<Piece> written) {
        generate(queue, new AtomicInteger(), written);
    }

    /**
     * As the other method, together with others that write pieces of the same queue at the same time.
     *
     * @param next the first piece of the queue that nobody has taken yet; counted up by all of them
     */
    void generate(List<GenerationSettings> queue, AtomicInteger next, ObjIntConsumer<Piece> written) {
        while (next.get() < queue.size() || !writing.isEmpty()) {
            int taken = decoder.hasRoom() ? next.getAndIncrement() : queue.size();
            if (taken < queue.size()) {
                enter(taken, queue.get(taken));
            }
            decoder.round();
            handOver(written);
        }
    }

    private void enter(int number, GenerationSettings settings) {
        PieceWriter writer = new PieceWriter(settings, PieceListener.NONE, DrawListener.NONE);
        writing.add(new Writing(number, writer));
        if (!writer.ended()) {
            decoder.add(writer);
        }
    }

    private void handOver(ObjIntConsumer<Piece> written) {
        for (Writing each : List.copyOf(writing)) {
            if (each.writer().ended()) {
                writing.remove(each);
                written.accept(each.writer().piece(), each.number());
            }
        }
    }
}
