package io.notagenbench.service;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;

/**
 * What one client gets of a flight. Jetty's writes are asynchronous, and what is to be written stays in the flight until the
 * one before has been written, so one thread serves all clients, and the one that decodes never waits for any.
 */
abstract class Answer extends IteratingCallback {

    /** Where a text came from, as the header {@code X-Cache} and the counters name it. */
    private static final String BYPASS = "bypass";
    private static final String HIT = "hit";
    private static final String MISS = "miss";
    private static final String SHARED = "shared";

    /** Of the last answer of this process: with the start of the process a name for each. */
    private static final AtomicLong NUMBER = new AtomicLong(System.currentTimeMillis() << 16);

    private final Exchange exchange;
    private final Order order;
    private final Surroundings surroundings;
    private final String id = "cmpl-" + Long.toHexString(NUMBER.incrementAndGet());
    private final long created = System.currentTimeMillis() / 1_000;
    private final ByteBuffer nothing = ByteBuffer.allocate(1);
    private volatile Flight flight;
    private volatile int joinedAt;
    private String origin;
    private boolean done;
    private boolean spoiled;

    /** The request with its response. */
    record Exchange(Request request, Response response, Callback callback) {

        EndPoint endPoint() {
            return request.getConnectionMetaData().getConnection().getEndPoint();
        }
    }

    /**
     * What all answers of a server share.
     *
     * @param model   its name for clients
     * @param writers the one thread that begins to write
     * @param unread  the most patches that may wait for a client
     * @param ended   hears of each answer that has ended, in whatever way
     */
    record Surroundings(String model, Executor writers, Metrics metrics, int unread, Consumer<Answer> ended) {
    }

    Answer(Exchange exchange, Order order, Surroundings surroundings) {
        this.exchange = exchange;
        this.order = order;
        this.surroundings = surroundings;
        // a piece may wait and be decoded for long without a byte on the wire
        exchange.request().addIdleTimeoutListener(timeout -> false);
    }

    /**
     * Follows a flight from now on.
     *
     * @param first whether the flight is its own
     * @return false where the flight takes no more followers
     */
    final boolean follow(Flight joined, boolean first) {
        flight = joined;
        joinedAt = joined.length();
        origin = joined.key().isEmpty() ? BYPASS : first ? MISS : joined.isOver() ? HIT : SHARED;
        return joined.join(this);
    }

    final Order order() {
        return order;
    }

    final Flight flight() {
        return flight;
    }

    /** There is something new, or the end. Comes back at once. */
    final void wake() {
        surroundings.writers().execute(this::iterate);
    }

    /** Gives the flight up if the client is gone or does not read. Never waits. */
    final void look() {
        if (isGone()) {
            drop("the client has closed its connection");
        } else if (!flight.isOver() && flight.length() - Math.max(position(), joinedAt) > surroundings.unread()) {
            drop("the client does not read");
        }
    }

    /** Patches that have been handed to the network. */
    abstract int position();

    /**
     * HTTP says nothing while an answer is on its way, so one byte is asked for that cannot be there yet, and only the end of
     * the connection is: a client that has sent its next request already is served on another connection.
     */
    private synchronized boolean isGone() {
        if (done || spoiled) {
            return false;
        }
        try {
            BufferUtil.clear(nothing);
            int read = exchange.endPoint().fill(nothing);
            spoiled = read > 0;
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }

    private void drop(String why) {
        EofException cause = new EofException(why);
        flight.leave(this);
        surroundings.writers().execute(() -> {
            exchange.endPoint().close(cause);
            abort(cause);
        });
    }

    /** Status and headers; nothing can be said otherwise afterwards. */
    final void head(int status, String type) {
        Response response = exchange.response();
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type).put(HttpHeader.CACHE_CONTROL, "no-store");
        if (origin != null) {
            String source = flight.isStored() ? HIT : origin;
            response.getHeaders().put("X-Cache", source);
            surroundings.metrics().text(source);
        }
        surroundings.metrics().answered(status);
    }

    final void write(boolean last, byte[] bytes) {
        exchange.response().write(last, ByteBuffer.wrap(bytes), this);
    }

    /** The whole answer to a request that gets no text. */
    final void refuse(Refusal refusal) {
        origin = null;
        head(refusal.status(), "application/json");
        refusal.retryAfter().ifPresent(seconds -> exchange.response().getHeaders().put(HttpHeader.RETRY_AFTER, seconds));
        write(true, Bodies.bytes(Bodies.error(refusal)));
    }

    final ObjectNode completion() {
        return Bodies.completion(id, created, surroundings.model());
    }

    final void usage(ObjectNode completion) {
        Times times = flight.times();
        Bodies.usage(completion, flight, times);
    }

    @Override
    protected final void onCompleteSuccess() {
        boolean close;
        synchronized (this) {
            done = true;
            close = spoiled;
        }
        flight.leave(this);
        if (close) {
            exchange.endPoint().close();
        }
        exchange.callback().succeeded();
        surroundings.ended().accept(this);
    }

    @Override
    protected final void onCompleteFailure(Throwable cause) {
        synchronized (this) {
            done = true;
        }
        flight.leave(this);
        exchange.callback().failed(cause);
        surroundings.ended().accept(this);
    }
}
