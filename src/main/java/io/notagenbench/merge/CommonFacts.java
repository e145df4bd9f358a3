package io.notagenbench.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Collectors;

/** What several environments have in common. */
final class CommonFacts {

    private static final String BETWEEN = " | ";

    private CommonFacts() {
    }

    /** Facts that are equal in all; texts that differ are joined, and other facts that differ are left out. */
    static ObjectNode of(List<JsonNode> environments) {
        ObjectNode common = JsonNodeFactory.instance.objectNode();
        environments.get(0).fieldNames().forEachRemaining(name -> {
            List<JsonNode> values = environments.stream().map(facts -> facts.path(name)).toList();
            if (values.stream().allMatch(values.get(0)::equals)) {
                common.set(name, values.get(0));
            } else if (values.stream().allMatch(JsonNode::isObject)) {
                common.set(name, of(values));
            } else if (values.stream().allMatch(JsonNode::isTextual)) {
                common.put(name, values.stream().map(JsonNode::asText).distinct().sorted()
                        .collect(Collectors.joining(BETWEEN)));
            }
        });
        return common;
    }
}
