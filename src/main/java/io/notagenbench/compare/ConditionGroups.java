package io.notagenbench.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Sorts conditions into groups that can be compared. Two that differ in some bytes of memory are like each other, which
 * two others may be to neither: so all of a group are like all others of it.
 */
final class ConditionGroups {

    private final List<Set<Conditions>> groups = new ArrayList<>();

    /** The first member of each group, which represents it. */
    Conditions of(Conditions conditions) {
        Set<Conditions> group = groups.stream()
                .filter(known -> known.contains(conditions) || known.stream().allMatch(one -> one.differences(conditions).isEmpty()))
                .findFirst().orElseGet(this::fresh);
        group.add(conditions);
        return group.iterator().next();
    }

    private Set<Conditions> fresh() {
        Set<Conditions> group = new LinkedHashSet<>();
        groups.add(group);
        return group;
    }
}
