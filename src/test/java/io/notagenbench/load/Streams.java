package io.notagenbench.load;

import java.util.ArrayList;
import java.util.List;

/** The lines of a whole stream. */
final class Streams {

    private Streams() {
    }

    static List<String> texts(String... patches) {
        List<String> lines = new ArrayList<>();
        for (String patch : patches) {
            lines.add("data: {\"choices\":[{\"index\":0,\"text\":\"" + patch.replace("\n", "\\n").replace("\"", "\\\"")
                    + "\",\"finish_reason\":null}]}");
        }
        lines.add("data: {\"choices\":[{\"index\":0,\"text\":\"\",\"finish_reason\":\"length\"}]}");
        lines.add("data: {\"choices\":[],\"usage\":{},\"timings\":{\"queue_ms\":1.5,\"prefill_ms\":2.5,\"first_patch_ms\":0.5}}");
        lines.add("data: [DONE]");
        return lines;
    }

    static List<Reply.Line> lines(long at, String... patches) {
        return texts(patches).stream().map(line -> new Reply.Line(at, line)).toList();
    }
}
