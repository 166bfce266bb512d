"""The door for those who work here: pages made on the server, without JavaScript. It shows; deciding is the rooms'."""
