package io.notagenbench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request with what its stream says. Times are milliseconds from the moment that the request was meant to be sent at.
 *
 * @param status  of HTTP; 0 where there was none
 * @param cache   where the server says that the text came from; empty where it does not say
 * @param patches as they arrived
 * @param total   to the end of the stream
 * @param failure why there is no whole text; empty where there is one
 * @param timings of the server; empty where it tells none
 */
record Answered(Sent request, int status, String cache, List<Patch> patches, double total, Optional<String> failure,
        Optional<Timings> timings) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data: ";
    private static final String DONE = "[DONE]";
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final double NANOS_PER_MILLI = 1e6;

    /** A patch of the text, and when it arrived. */
    record Patch(double at, String text) {
    }

    /** What the server itself measured, in milliseconds. */
    record Timings(double queue, double prefill, double firstPatch) {
    }

    static Answered of(Sent sent) {
        Reply reply = sent.reply();
        List<Patch> patches = new ArrayList<>();
        double total = millis(sent, reply.ended());
        if (reply.failure().isPresent() || reply.status() != OK) {
            return new Answered(sent, reply.status(), reply.cache(), patches, total,
                    Optional.of(reply.failure().orElseGet(() -> refusal(reply))), Optional.empty());
        }
        Optional<Timings> timings = Optional.empty();
        Optional<String> failure = Optional.of("the stream has no [DONE]");
        boolean finished = false;
        try {
            for (Reply.Line line : reply.lines()) {
                String data = line.text().startsWith(DATA) ? line.text().substring(DATA.length()) : "{}";
                if (data.equals(DONE)) {
                    failure = finished ? Optional.empty() : Optional.of("the stream ends without a finish_reason");
                    break;
                }
                JsonNode event = JSON.readTree(data);
                if (event.has("error")) {
                    failure = Optional.of(event.at("/error/message").asText("error"));
                    break;
                }
                JsonNode choice = event.at("/choices/0");
                if (choice.hasNonNull("finish_reason")) {
                    finished = true;
                }
                if (choice.has("text") && (!finished || !choice.get("text").asText().isEmpty())) {
                    patches.add(new Patch(millis(sent, line.at()), choice.get("text").asText()));
                }
                if (event.has("timings")) {
                    JsonNode times = event.get("timings");
                    timings = Optional.of(new Timings(times.path("queue_ms").asDouble(), times.path("prefill_ms").asDouble(),
                            times.path("first_patch_ms").asDouble()));
                }
            }
        } catch (JsonProcessingException e) {
            failure = Optional.of("an event is not JSON: " + e.getOriginalMessage());
        }
        if (failure.isEmpty() && patches.isEmpty()) {
            failure = Optional.of("the stream has no patch");
        }
        return new Answered(sent, reply.status(), reply.cache(), patches, total, failure, timings);
    }

    private static double millis(Sent sent, long at) {
        return (at - sent.intended()) / NANOS_PER_MILLI;
    }

    private static String refusal(Reply reply) {
        StringBuilder body = new StringBuilder();
        reply.lines().forEach(line -> body.append(line.text()));
        try {
            return reply.status() + ": " + JSON.readTree(body.toString()).at("/error/message").asText("no reason given");
        } catch (JsonProcessingException e) {
            return reply.status() + ": the body is not JSON";
        }
    }

    boolean isWhole() {
        return failure.isEmpty();
    }

    /** Refused because the queue was full. */
    boolean isRejected() {
        return status == TOO_MANY;
    }

    /** To the first patch. */
    double ttft() {
        return patches.get(0).at();
    }

    /** Between patches; empty where there is one alone. */
    double[] gaps() {
        double[] gaps = new double[Math.max(0, patches.size() - 1)];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = patches.get(i + 1).at() - patches.get(i).at();
        }
        return gaps;
    }

    double meanGap() {
        return patches.size() < 2 ? 0 : (patches.get(patches.size() - 1).at() - ttft()) / (patches.size() - 1);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        patches.forEach(patch -> text.append(patch.text()));
        return text.toString();
    }

    /** How much later than meant it was sent. */
    double lag() {
        return (request.sent() - request.intended()) / NANOS_PER_MILLI;
    }
}
