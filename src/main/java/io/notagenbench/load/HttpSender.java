package io.notagenbench.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Sends requests over HTTP and notes when each line of a stream arrives. Nothing is parsed before it has ended. */
final class HttpSender implements Sender {

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;
    private final Function<Wanted, String> bodies;
    private final Duration limit;

    /**
     * @param server its address, with a slash at its end
     * @param bodies of requests, as JSON
     * @param limit  after which a request is given up
     */
    HttpSender(URI server, Function<Wanted, String> bodies, Duration limit) {
        address = server.resolve("v1/completions");
        this.bodies = bodies;
        this.limit = limit;
    }

    /** The lines of one body as they arrive. */
    private static final class Lines implements Flow.Subscriber<String> {

        private final List<Reply.Line> lines = new ArrayList<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public synchronized void onNext(String line) {
            if (!line.isEmpty()) {
                lines.add(new Reply.Line(System.nanoTime(), line));
            }
        }

        @Override
        public void onError(Throwable cause) {
            // the future of the response ends with it
        }

        @Override
        public void onComplete() {
            // as above
        }

        synchronized List<Reply.Line> soFar() {
            return List.copyOf(lines);
        }
    }

    @Override
    public CompletableFuture<Reply> send(Wanted wanted) {
        HttpRequest request = HttpRequest.newBuilder(address).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(bodies.apply(wanted))).build();
        Lines lines = new Lines();
        CompletableFuture<HttpResponse<Void>> response = http.sendAsync(request,
                head -> BodySubscribers.fromLineSubscriber(lines, subscriber -> null, StandardCharsets.UTF_8, null));
        CompletableFuture<HttpResponse<Void>> limited = limit.isZero() ? response
                : response.copy().orTimeout(limit.toNanos(), TimeUnit.NANOSECONDS);
        return limited.handle((whole, failure) -> {
            long ended = System.nanoTime();
            if (failure == null) {
                return new Reply(whole.statusCode(), whole.headers().firstValue("X-Cache").orElse(""), lines.soFar(), ended,
                        Optional.empty());
            }
            response.cancel(true);
            return new Reply(0, "", lines.soFar(), ended, Optional.of(reason(failure)));
        });
    }

    private String reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return cause instanceof TimeoutException ? "no end within " + limit.toSeconds() + " s" : String.valueOf(
                cause.getMessage() == null ? cause : cause.getMessage());
    }
}
