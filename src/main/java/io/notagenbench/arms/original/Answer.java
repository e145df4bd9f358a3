package io.notagenbench.arms.original;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/** One line that the driver of the original writes, as JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Answer.Missing.class, name = "missing"),
    @JsonSubTypes.Type(value = Answer.Failure.class, name = "fault"),
    @JsonSubTypes.Type(value = Answer.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = Answer.Written.class, name = "piece")})
public sealed interface Answer {

    /** @param packages that this Python does not have */
    record Missing(@JsonProperty(required = true) List<String> packages) implements Answer {
    }

    /** @param reason why the original failed */
    record Failure(@JsonProperty(required = true) String reason) implements Answer {
    }

    /**
     * The model is loaded.
     *
     * @param importSeconds to import PyTorch, Transformers and the checkout
     * @param loadSeconds   to build the model and load the checkpoint
     * @param threads       that PyTorch uses
     * @param versions      by name, of Python and of its packages
     */
    record Ready(@JsonProperty(required = true) double importSeconds, @JsonProperty(required = true) double loadSeconds,
            @JsonProperty(required = true) int threads, @JsonProperty(required = true) Map<String, String> versions)
            implements Answer {
    }

    /**
     * A piece.
     *
     * @param text        with its prompt
     * @param patches     generated, the end patch included
     * @param cuts        stream cuts
     * @param ended       whether the model wrote the end patch
     * @param contextFull whether a stream cut found nothing to drop
     * @param seconds     from the prompt to the end
     */
    record Written(@JsonProperty(required = true) String text, @JsonProperty(required = true) int patches,
            @JsonProperty(required = true) int cuts, @JsonProperty(required = true) boolean ended,
            @JsonProperty(required = true) boolean contextFull, @JsonProperty(required = true) double seconds)
            implements Answer {
    }
}
