package io.notagenbench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

/** Results as the JSON that commands print and write. */
final class JsonText {

    private static final ObjectWriter WRITER = new ObjectMapper().writerWithDefaultPrettyPrinter();

    private JsonText() {
    }

    /** Returns the JSON without a newline at its end. */
    static String of(Object result) {
        try {
            return WRITER.writeValueAsString(result);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("numbers and texts can always be written as JSON", e);
        }
    }
}
