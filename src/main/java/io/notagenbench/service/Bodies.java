package io.notagenbench.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;

/** The JSON of answers, in the form of OpenAI's completions. */
final class Bodies {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MILLIS = 1e3;

    private Bodies() {
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static byte[] bytes(ObjectNode body) {
        return text(body).getBytes(StandardCharsets.UTF_8);
    }

    /** One server-sent event. */
    static String event(ObjectNode body) {
        return "data: " + text(body) + "\n\n";
    }

    private static String text(ObjectNode body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree is always JSON", e);
        }
    }

    static ObjectNode error(Refusal refusal) {
        ObjectNode body = object();
        body.putObject("error").put("message", refusal.getMessage()).put("type", refusal.type()).put("param", refusal.param())
                .put("code", refusal.code());
        return body;
    }

    /** The fields that every answer and every event of a stream begins with. */
    static ObjectNode completion(String id, long created, String model) {
        return object().put("id", id).put("object", "text_completion").put("created", created).put("model", model);
    }

    /**
     * Adds the one choice.
     *
     * @param finish null where the text goes on
     * @return the choice
     */
    static ObjectNode choice(ObjectNode completion, String text, String finish) {
        return completion.putArray("choices").addObject().put("index", 0).put("text", text).putNull("logprobs")
                .put("finish_reason", finish);
    }

    /** Adds counts of characters, the seed and the times of the server. */
    static void usage(ObjectNode completion, Flight flight, Times times) {
        int prompt = flight.order().prompt().length();
        int characters = flight.characters();
        completion.putObject("usage").put("prompt_tokens", prompt).put("completion_tokens", characters)
                .put("total_tokens", prompt + characters);
        completion.put("seed", flight.order().piece().seed());
        completion.putObject("timings").put("queue_ms", times.queue() * MILLIS).put("prefill_ms", times.prefill() * MILLIS)
                .put("first_patch_ms", times.firstPatchAlone() * MILLIS).put("total_ms", times.total() * MILLIS)
                .put("patches", flight.length());
    }
}
