---
title: Whatever the door
statement: I have read this and will follow it.
---
People reach {{company_name}} by many doors, customers and partners alike. Therefore:

1. I give the same answer, the same limit and the same care at every door, whoever is reading along.
2. Before I ask, I look whether they have been here already. What was promised at another door holds.
3. I ask myself who reads this, and who else could. What's private or confidential stays off any door that I can't see behind.
4. I promise what is mine. For others I promise only to ask, and when I'll tell what they said.
5. I don't put a name beside a date unless its owner knows.
6. What suppliers, customers and colleagues have entrusted to us I don't pass on: not in parts, not blacked out, not by word of mouth. For doubts I ask {{privacy_contact}} before, and not after.
7. I don't say what is untrue, and I let nobody sign something on the strength of my silence.
8. If I make one of these mistakes, I say so at once, at the door where I made it.
