"""Made-up listeners of hidden tastes, who talk, listen and react as people do."""
