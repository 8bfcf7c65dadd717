package io.flowright.runtime.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowright.runtime.generated.FlowGraph;
import org.junit.jupiter.api.Test;

class MermaidTest {

    @Test
    void drawsInputsTasksAndTheKeysBetweenThem() {
        FlowGraph.Builder graph = FlowGraph.builder("order", "");
        graph.input("orderId", "long").input("unused", "String");
        graph.task("load", "OrderTasks.load").requires("orderId").provides("order");
        graph.task("price", "OrderTasks.price").requires("order").provides("net", "tax");
        graph.task("end", "OrderTasks.end").requires("tax", "order", "net").provides("receipt");

        assertThat(Mermaid.of(graph.build())).isEqualTo("""
                        flowchart LR
                            i0(["orderId: long"])
                            i1(["unused: String"])
                            t0["load"]
                            i0 --> t0
                            t1["price"]
                            t0 -->|"order"| t1
                            t2["end"]
                            t1 -->|"tax, net"| t2
                            t0 -->|"order"| t2
                        """);
    }

    @Test
    void marksWhatRunsForEachElement() {
        FlowGraph.Builder graph = FlowGraph.builder("build", "");
        graph.input("shards", "List");
        graph.task("test", "BuildTasks.test")
                .requires("shards")
                .provides("reports")
                .forEach("shards");

        assertThat(Mermaid.of(graph.build())).contains("t0[[\"test, each of shards\"]]\n    i0 --> t0");
    }

    @Test
    void escapesTheBracketsOfGenericTypes() {
        FlowGraph.Builder graph = FlowGraph.builder("order", "");
        graph.input("ids", "List<Long>");
        graph.task("load", "OrderTasks.load").requires("ids").provides("orders");

        assertThat(Mermaid.of(graph.build())).contains("i0([\"ids: List#lt;Long#gt;\"])");
    }
}
