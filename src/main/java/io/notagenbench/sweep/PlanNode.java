package io.notagenbench.sweep;

import io.notagenbench.fault.Fault;
import io.notagenbench.params.Range;
import io.notagenbench.params.Spelling;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A place in the YAML of a plan, which knows its line.
 *
 * @param plan name of the plan
 * @param node the YAML there
 */
record PlanNode(String plan, Node node) {

    /** @throws Fault (usage) with the line if it is not YAML */
    static PlanNode parse(String plan, String yaml) {
        try {
            Node root = new Yaml(new SafeConstructor(new LoaderOptions())).compose(new StringReader(yaml));
            if (root == null) {
                throw Fault.usage("The plan " + plan + " is empty.");
            }
            return new PlanNode(plan, root);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
            throw Fault.usage(where(plan, line) + e.getProblem() + ".", e);
        } catch (YAMLException e) {
            throw Fault.usage("The plan " + plan + " is not YAML: " + e.getMessage().lines().findFirst().orElse("") + ".", e);
        }
    }

    int line() {
        return node.getStartMark().getLine() + 1;
    }

    private static String where(String plan, int line) {
        return "The plan " + plan + ", line " + line + ": ";
    }

    Fault fault(String sentence) {
        return Fault.usage(where(plan, line()) + sentence);
    }

    /** The result of {@code step}. If that throws a fault, the fault also names this place. */
    <T> T located(Supplier<T> step) {
        try {
            return step.get();
        } catch (Fault e) {
            throw Fault.usage(where(plan, line()) + e.getMessage(), e);
        }
    }

    /** @param known the keys that are possible here */
    Map<String, PlanNode> map(List<String> known) {
        Map<String, PlanNode> map = map();
        map.forEach((key, value) -> {
            if (!known.contains(key)) {
                throw value.fault("there is no key " + key + "." + Spelling.hint(key, known) + " Keys here: " + String.join(", ", known) + ".");
            }
        });
        return map;
    }

    /** The values of a map, by key. */
    Map<String, PlanNode> map() {
        if (!(node instanceof MappingNode mapping)) {
            throw fault("keys with values are expected here, as in key: value.");
        }
        Map<String, PlanNode> map = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            PlanNode key = new PlanNode(plan, tuple.getKeyNode());
            if (map.put(key.text(), new PlanNode(plan, tuple.getValueNode())) != null) {
                throw key.fault(key.text() + " is given here twice.");
            }
        }
        return map;
    }

    /** The elements of a list; a single value counts as a list of one. */
    List<PlanNode> list() {
        return node instanceof SequenceNode sequence
                ? sequence.getValue().stream().map(element -> new PlanNode(plan, element)).toList() : List.of(this);
    }

    /** A value as it is written. */
    String text() {
        if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
            throw fault("a value is expected here.");
        }
        return scalar.getValue().strip();
    }

    /** The values of a list, or the one, ranges spelled out. */
    List<String> values() {
        List<String> values = list().stream()
                .flatMap(element -> element.located(() -> Range.expand(element.text())).stream()).toList();
        if (values.isEmpty()) {
            throw fault("a list here has one value or more.");
        }
        return values;
    }
}
