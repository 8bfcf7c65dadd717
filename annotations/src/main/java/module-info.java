/** The annotations that turn methods into the tasks of a flow. */
module io.flowright.annotations {
    requires static org.jspecify;

    exports io.flowright.annotations;
}
