package io.flowright.examples.testrun;

import java.util.List;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestPlan;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Finds test classes, by JUnit's launcher. */
final class TestClasses {

    private TestClasses() {}

    /**
     * The names of the classes that have tests, sorted.
     *
     * @param selectors where to look, as JUnit's console launcher takes them: {@code package:shop}, {@code class:shop.OrderTest}
     */
    static List<String> find(List<String> selectors) {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectors.stream()
                        .flatMap(selector -> DiscoverySelectors.parse(selector).stream())
                        .toList())
                .build();
        TestPlan plan = LauncherFactory.create().discover(request);
        return plan.getRoots().stream()
                .flatMap(engine -> plan.getChildren(engine).stream())
                .flatMap(test -> test.getSource().stream())
                .map(source -> ((ClassSource) source).getClassName())
                .sorted()
                .toList();
    }
}
