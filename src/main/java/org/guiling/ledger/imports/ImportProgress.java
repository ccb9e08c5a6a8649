package org.guiling.ledger.imports;

/** Hears how far an import has come, row by row, from the thread that imports; what it hears may still be rolled back. */
public interface ImportProgress {

    /** Nobody wants to know. */
    ImportProgress UNHEARD = new ImportProgress() {
        @Override
        public void checked(int rows) {
            // Nobody hears.
        }

        @Override
        public void created(int items, int all) {
            // Nobody hears.
        }
    };

    /** @param rows how many have been read and checked so far; nothing is stored meanwhile */
    void checked(int rows);

    /**
     * @param items how many the transaction has registered so far
     * @param all how many it is going to
     */
    void created(int items, int all);
}
