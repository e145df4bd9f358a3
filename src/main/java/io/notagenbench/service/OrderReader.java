package io.notagenbench.service;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.notagenbench.abc.Prompt;
import io.notagenbench.fault.Fault;
import io.notagenbench.generate.GenerationSettings;
import io.notagenbench.generate.Trace;
import io.notagenbench.params.Defaults;
import io.notagenbench.params.Parameter;
import io.notagenbench.params.Parameters;
import io.notagenbench.params.Recordings;
import io.notagenbench.params.Spelling;
import io.notagenbench.sampling.SamplerSettings;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads the body of {@code POST /v1/completions}. The rules of values are those of {@link Parameter} and {@link Prompt}, with
 * their sentences; what has no effect here is refused.
 */
final class OrderReader {

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    /** What the parser says to those who configure it, and not to those who write JSON. */
    private static final Pattern ADVICE = Pattern.compile(", from `[^`]*`|: enable `[^`]*` to allow");

    private static final long SEEDS = 1L << 32;

    /** Fields that stand for a parameter of the suite. */
    private static final Map<String, Parameter> NUMBERS = numbers();

    private static final List<String> OTHERS = List.of("model", "prompt", "max_tokens", "work", "echo", "stream", "stream_options",
            "abc");

    /** Fields of OpenAI and vLLM that change nothing as long as they have these values. */
    private static final Map<String, Predicate<JsonNode>> WITHOUT_EFFECT = Map.ofEntries(
            Map.entry("n", one()), Map.entry("best_of", one()), Map.entry("user", JsonNode::isTextual),
            Map.entry("stop", node -> node.isArray() && node.isEmpty()), Map.entry("logit_bias", node -> node.isObject() && node.isEmpty()),
            Map.entry("presence_penalty", zero()), Map.entry("frequency_penalty", zero()), Map.entry("repetition_penalty", one()),
            Map.entry("logprobs", node -> false), Map.entry("suffix", node -> node.asText().isEmpty() && node.isTextual()),
            Map.entry("min_tokens", zero()), Map.entry("min_p", zero()),
            Map.entry("ignore_eos", node -> node.isBoolean() && !node.booleanValue()));

    private final Parameters defaults;
    private final String model;

    /**
     * @param defaults what a request is that says nothing else; its window is the largest
     * @param model    its name for clients
     */
    OrderReader(Parameters defaults, String model) {
        this.defaults = defaults;
        this.model = model;
    }

    private static Map<String, Parameter> numbers() {
        Map<String, Parameter> numbers = new LinkedHashMap<>();
        numbers.put("seed", Parameter.SEED);
        numbers.put("temperature", Parameter.TEMPERATURE);
        numbers.put("top_p", Parameter.TOP_P);
        numbers.put("top_k", Parameter.TOP_K);
        numbers.put("patches", Parameter.PATCHES);
        numbers.put("patch_length", Parameter.PATCH_LENGTH);
        return numbers;
    }

    private static Predicate<JsonNode> one() {
        return node -> node.isNumber() && node.asDouble() == 1;
    }

    private static Predicate<JsonNode> zero() {
        return node -> node.isNumber() && node.asDouble() == 0;
    }

    /** @throws Refusal if the body is no such request */
    Order read(byte[] body) {
        JsonNode request = parse(body);
        request.fieldNames().forEachRemaining(name -> requireKnown(name, request.get(name)));
        String named = text(request, "model", model);
        if (!named.equals(model)) {
            throw Refusal.noModel("There is no model " + named + " here: this server has " + model + ".");
        }
        Parameters parameters = defaults;
        for (Map.Entry<String, Parameter> field : NUMBERS.entrySet()) {
            Optional<String> number = number(request, field.getKey());
            if (number.isPresent()) {
                Parameters before = parameters;
                parameters = checked(field.getKey(), () -> before.with(field.getValue(), number.get()));
            }
        }
        requireWindow(parameters);
        boolean seeded = given(request, "seed");
        GenerationSettings piece = piece(request, parameters,
                seeded ? parameters.seed() : ThreadLocalRandom.current().nextLong(SEEDS));
        return new Order(piece, work(request), characters(request), seeded, flag(request, "echo"), flag(request, "stream"),
                usage(request), flag(request, "abc"));
    }

    private static JsonNode parse(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            JsonNode request = JSON.readTree(parser);
            if (request == null || !request.isObject() || parser.nextToken() != null) {
                throw Refusal.bad(null, "The body is not one JSON object, such as {\"prompt\": \"" + Defaults.PROMPT + "\", \"seed\": 3}.");
            }
            return request;
        } catch (JsonProcessingException e) {
            throw Refusal.bad(null, "The body is not JSON: " + ADVICE.matcher(e.getOriginalMessage()).replaceAll("")
                    + (e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")") + ".");
        } catch (IOException e) {
            // characters that are not of the encoding that the first bytes show
            throw Refusal.bad(null, "The body is not JSON: " + e.getMessage() + ".");
        }
    }

    private static void requireKnown(String name, JsonNode value) {
        if (NUMBERS.containsKey(name) || OTHERS.contains(name)) {
            return;
        }
        Predicate<JsonNode> withoutEffect = WITHOUT_EFFECT.get(name);
        if (withoutEffect == null) {
            List<String> known = new ArrayList<>(OTHERS);
            known.addAll(NUMBERS.keySet());
            throw Refusal.bad(name, "There is no field " + name + "." + Spelling.hint(name, known) + " Fields: "
                    + String.join(", ", known) + ".");
        }
        if (!value.isNull() && !withoutEffect.test(value)) {
            throw Refusal.bad(name, "This server has no " + name + ": leave it out.");
        }
    }

    private void requireWindow(Parameters parameters) {
        int window = parameters.whole(Parameter.PATCH_LENGTH);
        int most = defaults.whole(Parameter.PATCH_LENGTH);
        if (window > most) {
            throw Refusal.bad("patch_length", "patch_length=" + window + " is more than the window of this server: choose " + most
                    + " or less, or start it with -p patchLength=" + window + ".");
        }
    }

    private GenerationSettings piece(JsonNode request, Parameters parameters, long seed) {
        String work = work(request);
        boolean recorded = !work.equals(Defaults.WORK);
        if (recorded && given(request, "prompt")) {
            checked("work", () -> {
                Recordings.requireUseOfPrompt(List.of(work));
                return work;
            });
        }
        Prompt prompt = checked("prompt", () -> Prompt.sent(prompt(request)));
        return new GenerationSettings(prompt, parameters.whole(Parameter.PATCH_LENGTH),
                new SamplerSettings(parameters.whole(Parameter.TOP_K), parameters.decimal(Parameter.TOP_P),
                        parameters.decimal(Parameter.TEMPERATURE)),
                seed, 0, recorded ? Optional.of(Trace.load(work)) : Optional.empty(), GenerationSettings.TIME_LIMIT)
                .endless().budget(parameters.whole(Parameter.PATCHES));
    }

    private static <T> T checked(String field, Supplier<T> value) {
        try {
            return value.get();
        } catch (Fault e) {
            throw Refusal.bad(field, e.getMessage());
        }
    }

    private String prompt(JsonNode request) {
        JsonNode prompt = request.get("prompt");
        if (prompt != null && prompt.isArray()) {
            if (prompt.size() != 1 || !prompt.get(0).isTextual()) {
                throw Refusal.bad("prompt", "prompt is a list of " + prompt.size() + " here: give one text.");
            }
            return prompt.get(0).textValue();
        }
        return text(request, "prompt", defaults.text(Parameter.PROMPT));
    }

    /** A recorded piece of the jar; a trace in a file is not for clients. */
    private static String work(JsonNode request) {
        String work = text(request, "work", Defaults.WORK);
        if (!work.equals(Defaults.WORK) && !Recordings.NAMES.contains(work)) {
            throw Refusal.bad("work", "work=" + work + " is not possible: allowed is " + Defaults.WORK + ", "
                    + String.join(", ", Recordings.NAMES) + ".");
        }
        return work;
    }

    private static int characters(JsonNode request) {
        if (!given(request, "max_tokens")) {
            return 0;
        }
        JsonNode most = request.get("max_tokens");
        if (!most.isIntegralNumber() || most.bigIntegerValue().signum() < 0) {
            throw Refusal.bad("max_tokens", "max_tokens=" + most + " is not possible: allowed is a whole number of characters, 0 for no"
                    + " limit.");
        }
        return most.bigIntegerValue().min(BigInteger.valueOf(Integer.MAX_VALUE)).intValue();
    }

    private static boolean usage(JsonNode request) {
        if (!given(request, "stream_options")) {
            return false;
        }
        JsonNode options = request.get("stream_options");
        if (!options.isObject()) {
            throw Refusal.bad("stream_options", "stream_options is not an object, such as {\"include_usage\": true}.");
        }
        for (Iterator<String> names = options.fieldNames(); names.hasNext();) {
            String name = names.next();
            if (!name.equals("include_usage")) {
                throw Refusal.bad("stream_options", "stream_options has no " + name + " here: it has include_usage alone.");
            }
        }
        return flag(options, "include_usage");
    }

    private static boolean given(JsonNode request, String name) {
        return request.hasNonNull(name);
    }

    private static Optional<String> number(JsonNode request, String name) {
        if (!given(request, name)) {
            return Optional.empty();
        }
        JsonNode number = request.get(name);
        if (!number.isNumber()) {
            throw Refusal.bad(name, name + " is not a number: " + brief(number) + ".");
        }
        // not the plain form, which has a digit for every step of an exponent
        return Optional.of(number.isBigDecimal() ? number.decimalValue().toString() : number.asText());
    }

    private static String text(JsonNode request, String name, String otherwise) {
        if (!given(request, name)) {
            return otherwise;
        }
        if (!request.get(name).isTextual()) {
            throw Refusal.bad(name, name + " is not a text: " + brief(request.get(name)) + ".");
        }
        return request.get(name).textValue();
    }

    private static boolean flag(JsonNode request, String name) {
        if (!given(request, name)) {
            return false;
        }
        if (!request.get(name).isBoolean()) {
            throw Refusal.bad(name, name + " is neither true nor false: " + brief(request.get(name)) + ".");
        }
        return request.get(name).booleanValue();
    }

    private static String brief(JsonNode node) {
        String text = node.toString();
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
